/**
 * Go's {@code text/template}, the language of Go 1.19: output, errors and their places are those of
 * the original. {@link dev.weir.template.go.GoTemplate} is the way in.
 *
 * <p>From text to output: {@code Lexer} makes tokens on demand, because the first error in reading
 * order is the one that is reported; {@code TokenReader}, {@code PipelineParser} and {@code Parser}
 * make {@code Node}s; {@code Printer} writes a node as errors show it; {@code Executor} walks the
 * nodes and {@code Evaluator} evaluates their pipelines, with {@code Fields} for what is behind a
 * dot, {@code Calls} for functions and {@code Builtins} for those of the language; {@code Format}
 * and {@code ValueFormat} print values as Go's {@code fmt} does.
 *
 * <p>Go distinguishes three kinds of nothing. A key that is not there gives {@code Missing}, and so
 * does the result of a pipeline that is nil; nil inside a container is {@link
 * dev.weir.template.Null}; an argument that was not piped in is Java's null.
 */
@NullMarked
package dev.weir.template.go;

import org.jspecify.annotations.NullMarked;
