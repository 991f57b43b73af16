/**
 * What the template languages share. Each language is a package of its own below this one: it
 * parses a {@link dev.weir.template.Source} into a {@link dev.weir.template.Template}, which is
 * immutable and rendered any number of times by any number of threads.
 *
 * <p><b>Values.</b> Templates compute with a closed set of {@link dev.weir.template.Value}s. Plain
 * trees come in by {@link dev.weir.template.Values#of}; what has behaviour comes in as an {@link
 * dev.weir.template.ObjectValue}, which answers for each of its members. There is no reflection: a
 * template reaches what was put in, nothing else. A {@link dev.weir.template.Text} is bytes, nearly
 * always UTF-8, so that one language can count and cut bytes and the other code points. A {@link
 * dev.weir.template.Type} says what a container was declared to hold and what a parameter accepts;
 * a language that is not typed ignores it in containers. What only one language knows is a {@link
 * dev.weir.template.Special} of its own; it may also bring lists and maps of its own.
 *
 * <p><b>Functions.</b> A {@link dev.weir.template.Function} has typed {@link
 * dev.weir.template.Parameter}s, the language checks arguments against them in its own words before
 * the body runs, and {@link dev.weir.template.Functions} hold them by name.
 *
 * <p><b>Errors.</b> There is one: {@link dev.weir.template.TemplateException}, with template, line
 * and column, the message that the language gives, and the line with a caret. What happens inside a
 * run without knowing a place ({@link dev.weir.template.FunctionFailure}, {@link
 * dev.weir.template.LimitExceeded}) gets its place from the language.
 *
 * <p><b>Limits.</b> Every run is an {@link dev.weir.template.Execution} with {@link
 * dev.weir.template.Limits}: steps, bytes written and built, depth, time. Each language counts a
 * step per node, {@code enter} and {@code leave} around whatever nests, and {@code built} before it
 * makes a large value.
 */
@NullMarked
package dev.weir.template;

import org.jspecify.annotations.NullMarked;
