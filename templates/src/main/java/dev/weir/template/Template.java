package dev.weir.template;

/** A parsed template of either language. Immutable, safe for use by many threads. */
public interface Template {
  /** Its name. */
  String name();

  /**
   * Renders it.
   *
   * @param data what the template sees; how, its language says
   * @param execution takes the output; after an error it has what was written before
   * @throws TemplateException when it does not fit the data, a function fails, or a limit is met
   */
  void render(Value data, Execution execution) throws TemplateException;

  /**
   * What it renders to.
   *
   * @throws TemplateException as above
   */
  default Text render(Value data, Limits limits) throws TemplateException {
    Execution execution = new Execution(limits);
    render(data, execution);
    return execution.written();
  }
}
