# The image of the jar that Maven has built: `mvn -q -DskipTests package && docker build -t ratchet .`
# Not Alpine: RocksDB's library needs glibc.
FROM eclipse-temurin:17-jre

# A numeric user, so that Kubernetes can check that it is not root. The folder is created before the volume: a new volume
# gets its owner.
RUN groupadd --gid 10001 ratchet \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/ratchet --shell /usr/sbin/nologin ratchet \
    && mkdir /var/lib/ratchet \
    && chown 10001:10001 /var/lib/ratchet \
    && ln -s /opt/ratchet/bin/ratchet /usr/local/bin/ratchet

COPY config/ratchet.properties /etc/ratchet/
COPY bin/ratchet /opt/ratchet/bin/
COPY target/ratchet.jar /opt/ratchet/

USER 10001:10001
ENV RATCHET_STATE_DIR=/var/lib/ratchet
VOLUME /var/lib/ratchet

# The script ends in `exec java`, so the JVM is process 1 and receives the SIGTERM of `docker stop`.
ENTRYPOINT ["/opt/ratchet/bin/ratchet"]
CMD ["--help"]
