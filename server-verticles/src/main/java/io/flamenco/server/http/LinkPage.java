package io.flamenco.server.http;

import io.flamenco.server.store.Managers.StoredManager;
import java.util.List;

/** The page on which a user says which Manager is being linked. It works without scripts. */
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
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>Link a Manager</title>
                <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
                <link rel="stylesheet" href="/assets/style.css">
                </head>
                <body>
                <header class="bar"><a class="brand" href="/">Flamenco <small>Server</small></a></header>
                <main class="page link-page">
                <div class="lead"><div class="lead-text">
                <h1 class="sentence">Which Manager is this?</h1>
                <p class="under">It gets credentials of its own, and runs jobs of this Server from then on. If it was linked
                before, choose it: its earlier credentials end.</p>
                </div></div>
                <form method="post">
                <div class="sheet narrow form">
                <p class="field"><label for="manager-id">Manager</label>
                <select class="select" id="manager-id" name="manager-id">
                <option value="new">A new one</option>
                %s</select></p>
                <p class="field"><label for="manager-name">Name of the new one</label>
                <input class="input" id="manager-name" name="manager-name" maxlength="128"></p>
                <p><button class="btn" data-kind="primary">Link</button></p>
                </div>
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
