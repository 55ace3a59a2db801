package dev.ratchet.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Base64;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * One address of a registry, with its credentials.
 *
 * @param base without credentials, so fit for logs, and without a trailing slash
 * @param authorization value of the HTTP header, or null for none; not for logs
 */
record RegistryAddress(String base, @Nullable String authorization) {
    /** @throws ConfigException if the URL is malformed */
    static RegistryAddress of(String url, SerdeConfig config) {
        URI uri = parsed(url);
        String host = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
        String base = uri.getScheme() + "://" + host + uri.getRawPath().replaceAll("/+$", "");
        return new RegistryAddress(base, authorization(config, uri.getUserInfo()));
    }

    private static URI parsed(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) { // its text would show the password in the URL
            throw new ConfigException("Expected %s to be a URL, but it is malformed".formatted(SerdeConfig.URL));
        }
        if (uri.getHost() == null) {
            throw new ConfigException("Expected a host in %s, but there is none".formatted(SerdeConfig.URL));
        }
        return uri;
    }

    private static @Nullable String authorization(SerdeConfig config, @Nullable String inUrl) {
        if (config.getString(SerdeConfig.BEARER_SOURCE) != null) {
            return "Bearer " + config.secret(SerdeConfig.BEARER_TOKEN);
        }
        boolean given = "USER_INFO".equals(config.getString(SerdeConfig.BASIC_SOURCE));
        String userInfo = given ? config.secret(SerdeConfig.BASIC_USER_INFO) : inUrl;
        return userInfo == null ? null : "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return base;
    }
}
