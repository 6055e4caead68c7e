/** What an original Manager answered once, asked of ours in the same order. */
@NullMarked
package io.flamenco.manager.golden;

import org.jspecify.annotations.NullMarked;
