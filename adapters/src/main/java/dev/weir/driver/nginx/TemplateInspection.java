package dev.weir.driver.nginx;

import dev.weir.rendered.TemplateCheck;
import dev.weir.spi.Finding;
import java.util.ArrayList;
import java.util.List;

/** Looks at an nginx whose file is rendered for {@code weir check}. */
record TemplateInspection(Inspection proxy, TemplateCheck template) {

  List<Finding> findings() throws InterruptedException {
    List<Finding> findings = new ArrayList<>(template.findings());
    findings.addAll(proxy.ofWholeFile());
    return findings;
  }
}
