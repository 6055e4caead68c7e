package io.flamenco.server.http;

import io.flamenco.server.store.Managers.StoredManager;
import java.util.List;

/** The page on which a user says which Manager is being linked. It works without scripts and styles. */
final class LinkPage {

    private LinkPage() {}

    static String html(List<StoredManager> managers) {
        StringBuilder choices = new StringBuilder();
        for (StoredManager manager : managers) {
            choices.append("<option value=\"%s\">%s</option>%n".formatted(manager.id(), escaped(manager.name())));
        }
        return """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><title>Link a Manager</title></head>
                <body>
                <main>
                <h1>Link a Manager to this Server</h1>
                <form method="post">
                <p><label>Manager
                <select name="manager-id">
                <option value="new">A new one</option>
                %s</select></label></p>
                <p><label>Name of the new one <input name="manager-name" maxlength="128"></label></p>
                <p><button>Link</button></p>
                </form>
                </main>
                </body>
                </html>
                """.formatted(choices);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
