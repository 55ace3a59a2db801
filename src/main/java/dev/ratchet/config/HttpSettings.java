package dev.ratchet.config;

import java.util.Optional;

/**
 * Address of the HTTP server, and the token for its callers.
 *
 * @param host a name or address of this machine
 * @param port 0 for any free port, up to 65535
 * @param token what callers send as a bearer token; a secret
 * @param advertised HOST:PORT at which other instances reach the server; empty for its host and port
 */
public record HttpSettings(
        @Setting(name = HOST, defaultValue = "127.0.0.1", check = TextCheck.HOST)
        String host,

        @Setting(name = PORT, defaultValue = "8484", min = 0, max = 65_535)
        int port,

        @Setting(name = TOKEN, check = TextCheck.TOKEN) Optional<String> token,

        @Setting(name = ADVERTISED, check = TextCheck.HOST_AND_PORT)
        Optional<String> advertised) {
    public static final String HOST = "ratchet.http.host";
    public static final String PORT = "ratchet.http.port";
    public static final String TOKEN = "ratchet.http.token";
    public static final String ADVERTISED = "ratchet.http.advertised";

    @Override
    public String toString() {
        return "HttpSettings[host=" + host + ", port=" + port + "]"; // without the token
    }
}
