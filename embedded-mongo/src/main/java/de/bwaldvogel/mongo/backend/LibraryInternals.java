package de.bwaldvogel.mongo.backend;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.FailedToParseException;
import de.bwaldvogel.mongo.exception.ImmutableFieldException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Opens package-private parts of mongo-java-server to {@code io.flamenco.mongo.engine}; adds nothing to them. */
@NullMarked
public final class LibraryInternals {
    private LibraryInternals() {}

    /** The parsed {@code arrayFilters} of an update statement, or of a findAndModify. */
    public static ArrayFilters arrayFilters(Document statement, Document update) {
        return ArrayFilters.parse(statement, update);
    }

    /** Cuts documents to the fields that a find asked for. */
    public static UnaryOperator<Document> projection(Document fields, String idField) {
        return new Projection(fields, idField)::projectDocument;
    }

    /** The document that an upsert starts from: the fields that its selector fixes. */
    public static Document seedOfUpsert(AbstractMongoCollection<?> collection, Document selector) {
        return collection.convertSelectorToDocument(selector);
    }

    /** The {@code _id} of an upserted document that got none from its selector or its update. */
    public static Object idOfUpsert(AbstractMongoCollection<?> collection, Document selector) {
        return collection.deriveDocumentId(selector);
    }

    /**
     * The document that an update or a replacement makes of {@code document}, which stays as it is.
     *
     * @param matchedElement the place of the array element that the selector matched, for the positional operator
     */
    public static Document updated(
            Document document,
            Document update,
            ArrayFilters filters,
            @Nullable Integer matchedElement,
            boolean upsert,
            String idField) {
        long operators =
                update.keySet().stream().filter(key -> key.startsWith("$")).count();
        if (operators == 0) {
            return replaced(document, update, idField);
        }
        if (operators < update.size()) {
            throw new FailedToParseException("An update is either all operators or a whole document, not a mixture");
        }
        AbstractMongoCollection.validateUpdateQuery(update);
        var result = document.cloneDeeply();
        update.forEach((operator, change) -> new FieldUpdates(
                        result, operatorNamed(operator), idField, upsert, matchedElement, filters)
                .apply((Document) change, operator));
        Utils.validateFieldNames(result);
        return result;
    }

    private static Document replaced(Document document, Document replacement, String idField) {
        var oldId = document.get(idField);
        var newId = replacement.get(idField);
        if (oldId != null && newId != null && !Utils.nullAwareEquals(oldId, newId)) {
            throw new ImmutableFieldException(
                    "After applying the update, the (immutable) field '_id' was found to have been altered to _id: "
                            + newId);
        }
        var result = new Document();
        if (oldId != null || newId != null) {
            result.put(idField, oldId != null ? oldId : newId);
        }
        replacement.cloneInto(result);
        if (oldId != null) {
            result.put(idField, oldId);
        }
        Utils.validateFieldNames(result);
        return result;
    }

    private static UpdateOperator operatorNamed(String name) {
        try {
            return UpdateOperator.fromValue(name);
        } catch (IllegalArgumentException e) {
            throw new FailedToParseException("Unknown modifier: " + name + ". Expected a valid update modifier");
        }
    }
}
