package io.flamenco.manager.pools;

import io.vertx.core.json.JsonObject;

/**
 * Who we are at Azure, from the file that the Azure tools write ({@code az ad sp create-for-rbac --sdk-auth}).
 *
 * @param login where tokens come from, with a slash at its end
 */
public record AzureCredentials(String clientId, String clientSecret, String tenantId, String login) {

    private static final String PUBLIC_LOGIN = "https://login.microsoftonline.com/";

    /**
     * Reads the file's content.
     *
     * @throws IllegalArgumentException when something is missing; says what
     */
    public static AzureCredentials of(JsonObject file) {
        String login = file.getString("activeDirectoryEndpointUrl", PUBLIC_LOGIN);
        return new AzureCredentials(
                required(file, "clientId"),
                required(file, "clientSecret"),
                required(file, "tenantId"),
                login.endsWith("/") ? login : login + "/");
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "AzureCredentials[clientId=" + clientId + ", tenantId=" + tenantId + "]";
    }

    private static String required(JsonObject file, String key) {
        String value = file.getString(key, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("\"" + key + "\" is missing");
        }
        return value;
    }
}
