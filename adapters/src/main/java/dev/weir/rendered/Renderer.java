package dev.weir.rendered;

import dev.weir.model.DesiredState;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.template.Execution;
import dev.weir.template.Limits;
import dev.weir.template.TemplateException;
import java.util.Map;
import java.util.Optional;

/**
 * Renders the whole configuration file of one proxy: pure, the same template and state give the
 * same text. Used by one thread.
 */
public final class Renderer {

  private final ProxyName proxy;
  private final TemplateFile template;
  private final Dialect dialect;
  private final PoolData data;

  /**
   * @param carried how each of its pools is carried
   */
  public Renderer(
      ProxyName proxy, TemplateFile template, Dialect dialect, Map<PoolId, CarriedPool> carried) {
    this.proxy = proxy;
    this.template = template;
    this.dialect = dialect;
    this.data = new PoolData(carried, dialect);
  }

  /** Where the template is. */
  public TemplateFile template() {
    return template;
  }

  /**
   * Renders.
   *
   * @param text of the template; absent where it could not be read
   */
  public Rendering render(Optional<String> text, DesiredState desired) {
    if (text.isEmpty()) {
      return new Rendering.Failed(
          "%s cannot be read (expected: a template in UTF-8)".formatted(template.path()));
    }
    Execution run = new Execution(Limits.DEFAULT, Execution.Memory.TRAIL);
    try {
      template.parse(text.get()).render(data.of(proxy, desired), run);
    } catch (TemplateException wrong) {
      return new Rendering.Failed(wrong.describe());
    }
    String whole = run.written().toString();
    if (!whole.contains(Rendering.HOLE)) {
      return new Rendering.Failed(
          "%s does not place weir (expected: %s on a line of its own %s; by it the running proxy"
                  .formatted(template.path(), how(), dialect.place())
              + " tells what it runs)");
    }
    return new Rendering.Text(whole.endsWith("\n") ? whole : whole + "\n", run.trail());
  }

  private String how() {
    return template.path().toString().endsWith(".j2") ? "{{ weir }}" : "{{ .weir }}";
  }
}
