# The image of the jar that Maven has built: `mvn -q -DskipTests package && docker build -t ratchet .`
# A base with glibc, so not Alpine: RocksDB's library needs it.
FROM eclipse-temurin:17-jre

# By number, so that Kubernetes can tell that it is not root. The folder is made before it becomes a volume: a new
# volume takes over its owner.
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

# The script ends in `exec java`, so that the JVM is process 1 and gets the SIGTERM of `docker stop`.
ENTRYPOINT ["/opt/ratchet/bin/ratchet"]
CMD ["--help"]
