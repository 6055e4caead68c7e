package io.flamenco.e2e;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** What an admin does on the Server's pages, in the words of the pages. */
final class AdminPages {

    private final Page page;
    private final DemoFarm farm;

    AdminPages(Page page, DemoFarm farm) {
        this.page = page;
        this.farm = farm;
    }

    void open(String path) {
        page.navigate(farm.serverPage(path));
    }

    /** Makes a user, and answers their one-time password. */
    String makeUser(String name) {
        open("users");
        button("Make a user").click();
        page.fill("#user-name", name);
        button("Make the user").click();
        return oneTimePassword();
    }

    void giveRole(String name, String role) {
        row("data-user", name).locator("button").click();
        page.selectOption("#user-role", role);
        button("Save").click();
    }

    void lock(String name) {
        row("data-user", name).locator("button").click();
        page.getByLabel("Locked").check();
        button("Save").click();
    }

    /** Answers the new one-time password. */
    String resetPassword(String name) {
        row("data-user", name).locator("button").click();
        button("Reset password").click();
        button("Reset password").click();
        return oneTimePassword();
    }

    void makeProject(String name, String member) {
        open("projects");
        button("Make a project").click();
        page.fill("#project-name", name);
        page.getByLabel(member).check();
        button("Make it").click();
    }

    /** Orders all Workers at once. */
    void order(String action) {
        open("workers");
        page.getByLabel("Select all workers that are shown").check();
        button(action).click();
    }

    /** Does one of the actions of a job's page, which may stand behind More. */
    void onJob(String job, String action) {
        open("jobs/" + job);
        button("Print report").waitFor();
        if (button(action).count() == 0) {
            button("More").click();
            page.getByRole(AriaRole.MENUITEM).filter(text(action)).click();
        } else {
            button(action).click();
        }
    }

    Locator row(String attribute, String value) {
        return page.locator("tr[" + attribute + "='" + value + "']");
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator.FilterOptions text(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private String oneTimePassword() {
        String password = page.locator("[data-one-time]").textContent();
        button("I have passed it on").click();
        return password;
    }
}
