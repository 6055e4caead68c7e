package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;

import java.util.Locale;

/** What lists of a job's tasks can be sorted by. */
public enum TaskSort {
    /** When it was made; the order in which the compiler made them. */
    CREATED("_id"),
    /** When its own document last changed. */
    UPDATED("_updated"),
    /** Its name, capital letters first. */
    NAME("name"),
    /** Its priority. */
    PRIORITY("priority"),
    /** The name of its status. */
    STATUS("status");

    private final String field;

    TaskSort(String field) {
        this.field = field;
    }

    /** Whether an index gives this order, so that the size of the job does not matter. */
    public boolean indexed() {
        return this == CREATED;
    }

    /** The order as lists are asked for it, such as {@code -updated}. */
    public String order(boolean descending) {
        return (descending ? "-" : "") + name().toLowerCase(Locale.ROOT);
    }

    Sorting sorting(boolean descending) {
        return new Sorting(field, descending);
    }

    /** Where a page that ends with this task ended. */
    public PageMark mark(StoredTask task, boolean descending) {
        Object value = switch (this) {
            case CREATED -> task.id().hex();
            case UPDATED -> date(task.updated());
            case NAME -> task.state().name();
            case PRIORITY -> task.priority();
            case STATUS -> task.state().status().wire();
        };
        return new PageMark(order(descending), value, task.id().hex());
    }
}
