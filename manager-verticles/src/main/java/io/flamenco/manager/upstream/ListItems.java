package io.flamenco.manager.upstream;

import io.flamenco.shared.wire.WireJsonException;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Cuts the objects out of one list of a JSON document while it arrives, such as those of {@code {"depsgraph": [{…}, {…}]}}.
 *
 * <p>It follows brackets and strings only, which is much cheaper than building a tree; whether an object is well-formed is
 * for the one to say who reads it.
 */
final class ListItems {

    private static final int ITEM_DEPTH = 3;
    private static final int LONGEST_ITEM_BYTES = 16 * 1024 * 1024;

    private final String list;
    private final Consumer<byte[]> item;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private final StringBuilder lastText = new StringBuilder();
    private int depth;
    private boolean started;
    private boolean insideText;
    private boolean escaped;
    private boolean insideList;
    private boolean insideItem;

    /**
     * @param list the key of the list, at the top level of the document
     * @param item takes the text of each object
     */
    ListItems(String list, Consumer<byte[]> item) {
        this.list = list;
        this.item = item;
    }

    /**
     * The next part of the document.
     *
     * @throws WireJsonException when the document is no object, or one item is larger than any real one
     */
    void add(byte[] part) {
        int itemStart = 0;
        for (int at = 0; at < part.length; at++) {
            byte character = part[at];
            if (insideText) {
                onText(character);
            } else if (character == '"') {
                insideText = true;
                lastText.setLength(0);
            } else if (character == '{' || character == '[') {
                open(character);
                if (depth == ITEM_DEPTH && insideList && character == '{') {
                    insideItem = true;
                    itemStart = at;
                }
            } else if (character == '}' || character == ']') {
                if (depth == ITEM_DEPTH && insideItem) {
                    collect(part, itemStart, at + 1);
                    finishItem();
                }
                depth--;
            } else if (!started && character > ' ') {
                throw new WireJsonException("it is no JSON object");
            }
        }
        if (insideItem) {
            collect(part, itemStart, part.length);
        }
    }

    /**
     * The document has ended.
     *
     * @throws WireJsonException when it ended too early
     */
    void end() {
        if (!started || depth != 0 || insideText) {
            throw new WireJsonException("it ends too early");
        }
    }

    private void onText(byte character) {
        if (escaped) {
            escaped = false;
        } else if (character == '\\') {
            escaped = true;
        } else if (character == '"') {
            insideText = false;
        } else if (depth == 1 && lastText.length() <= list.length()) {
            lastText.append((char) character);
        }
    }

    private void open(byte bracket) {
        if (!started && bracket != '{') {
            throw new WireJsonException("it is no JSON object");
        }
        started = true;
        if (depth == 1) {
            insideList = bracket == '[' && list.contentEquals(lastText);
        }
        depth++;
    }

    private void collect(byte[] part, int from, int to) {
        if (collected.size() + to - from > LONGEST_ITEM_BYTES) {
            throw new WireJsonException("one item is larger than " + LONGEST_ITEM_BYTES + " bytes");
        }
        collected.write(part, from, to - from);
    }

    private void finishItem() {
        insideItem = false;
        byte[] text = collected.toByteArray();
        collected.reset();
        item.accept(text);
    }
}
