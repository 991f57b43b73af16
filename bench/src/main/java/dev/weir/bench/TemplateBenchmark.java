package dev.weir.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.template.Execution;
import dev.weir.template.Limits;
import dev.weir.template.Source;
import dev.weir.template.Template;
import dev.weir.template.TemplateException;
import dev.weir.template.Value;
import dev.weir.template.Values;
import dev.weir.template.go.GoOptions;
import dev.weir.template.go.GoTemplate;
import dev.weir.template.jinja.JinjaTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A configuration of HAProxy from a template of either language: 100 members in each pool, all with
 * the same seven expressions. {@code bench/go} and {@code bench/jinja.py} render the same with the
 * real engines.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TemplateBenchmark {
  private static final int MEMBERS_PER_POOL = 100;
  private static final int LINES = 500;

  /** The languages, by what their templates' names end in. */
  public enum Language {
    GO("haproxy.cfg.tmpl") {
      @Override
      Template parse(String text) throws TemplateException {
        return GoTemplate.parse(Source.of(GO.file, text), GoOptions.DEFAULT);
      }
    },
    JINJA("haproxy.cfg.j2") {
      @Override
      Template parse(String text) throws TemplateException {
        return JinjaTemplate.parse(Source.of(JINJA.file, text));
      }
    };

    private final String file;

    Language(String file) {
      this.file = file;
    }

    abstract Template parse(String text) throws TemplateException;

    private String read() throws IOException {
      try (InputStream stream = TemplateBenchmark.class.getResourceAsStream(file)) {
        if (stream == null) {
          throw new IllegalStateException(file + " is no resource");
        }
        return new String(stream.readAllBytes(), UTF_8);
      }
    }
  }

  /** Of the template. */
  @Param({"GO", "JINJA"})
  Language language;

  /** How many members there are in all. */
  @Param({"1000", "10000"})
  int members;

  private String long500;
  private Template template;
  private Value data;

  /** Parses the template and makes the data. */
  @Setup
  public void make() throws IOException, TemplateException {
    String text = language.read();
    StringBuilder lines = new StringBuilder();
    while (lines.chars().filter(unit -> unit == '\n').count() < LINES) {
      lines.append(text);
    }
    long500 = lines.toString();
    template = language.parse(text);
    data = data(members);
  }

  private static Value data(int members) {
    List<Map<String, Object>> pools =
        IntStream.range(0, members / MEMBERS_PER_POOL).mapToObj(TemplateBenchmark::pool).toList();
    return Values.of(Map.of("pools", pools));
  }

  private static Map<String, Object> pool(int number) {
    return Map.of(
        "name",
        "pool" + number,
        "balance",
        "roundrobin",
        "check",
        "/healthz",
        "members",
        IntStream.range(0, MEMBERS_PER_POOL).mapToObj(i -> member(number, i)).toList());
  }

  private static Map<String, Object> member(int pool, int number) {
    return Map.of(
        "name",
        "member" + number,
        "host",
        "10.0." + pool % 250 + "." + number,
        "port",
        8080,
        "weight",
        1 + number,
        "backup",
        number % 10 == 0,
        "state",
        number % 20 == 0 ? "maint" : "ready");
  }

  /** Renders to bytes. */
  @Benchmark
  public byte[] render() throws TemplateException {
    Execution execution = new Execution(Limits.DEFAULT);
    template.render(data, execution);
    return execution.toBytes();
  }

  /** The same with what it takes to tell where each line comes from. */
  @Benchmark
  public byte[] renderWithTrail() throws TemplateException {
    Execution execution = new Execution(Limits.DEFAULT, Execution.Memory.TRAIL);
    template.render(data, execution);
    return execution.toBytes();
  }

  /** Parses 500 lines, whatever the number of members. */
  @Benchmark
  public Template parse500() throws TemplateException {
    return language.parse(long500);
  }

  /**
   * From text and data to the first rendered file of 1,000 members, in this JVM.
   *
   * @param arguments the language
   */
  public static void main(String[] arguments) throws IOException, TemplateException {
    Language language = Language.valueOf(arguments[0]);
    String text = language.read();
    Value data = data(1_000);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = System.nanoTime();
    long beginProcessor = threads.getCurrentThreadCpuTime();
    Execution execution = new Execution(Limits.DEFAULT);
    language.parse(text).render(data, execution);
    double took = (System.nanoTime() - begin) / 1e6;
    double processor = (threads.getCurrentThreadCpuTime() - beginProcessor) / 1e6;
    System.out.printf(
        "%s: first render in a fresh JVM: %.1f ms, %.1f ms of processor, %d bytes%n",
        language, took, processor, execution.size());
  }
}
