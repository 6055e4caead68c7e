package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;

import java.util.Locale;

/** What lists of jobs can be sorted by; each field has an index. */
public enum JobSort {
    /** When it was submitted. */
    CREATED("_id"),
    /** When it last changed. */
    UPDATED("_updated"),
    /** Its name, capital letters first. */
    NAME("name"),
    /** Its priority. */
    PRIORITY("priority"),
    /** The name of its status. */
    STATUS("status");

    private final String field;

    JobSort(String field) {
        this.field = field;
    }

    /** The order as lists are asked for it, such as {@code -updated}. */
    public String order(boolean descending) {
        return (descending ? "-" : "") + name().toLowerCase(Locale.ROOT);
    }

    Sorting sorting(boolean descending) {
        return new Sorting(field, descending);
    }

    /** Where a page that ends with this job ended. */
    public PageMark mark(StoredJob job, boolean descending) {
        Object value = switch (this) {
            case CREATED -> job.id().hex();
            case UPDATED -> date(job.updated());
            case NAME -> job.state().name();
            case PRIORITY -> job.priority();
            case STATUS -> job.status().wire();
        };
        return new PageMark(order(descending), value, job.id().hex());
    }
}
