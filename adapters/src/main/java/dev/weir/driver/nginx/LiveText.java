package dev.weir.driver.nginx;

import dev.weir.model.Fingerprint;

/**
 * The parts of Weir's file that hand the choice of a member to {@code balancer.lua}.
 *
 * @param files that they name
 * @param script the text of the balancer: another one needs a reload
 */
record LiveText(LiveFiles files, String script) {

  /** Of the dictionary that all workers share, and of the balancer in each. */
  static final String NAME = "weir";

  /** Two versions of a list of 10,000 members take a fifth of it. */
  private static final String DICTIONARY_SIZE = "8m";

  private static final String LOADED = "package.loaded.weir";

  /** What stands around all sections. */
  String head() {
    return "# Balancer %s.\nlua_shared_dict %s %s;\n"
        .formatted(Fingerprint.of(script).hex(), NAME, DICTIONARY_SIZE);
  }

  /** The same where the ends of requests are counted. */
  String countingHead() {
    return head() + "log_by_lua_block { if %1$s then %1$s.done() end }\n".formatted(LOADED);
  }

  /** What stands in a section in the place of servers; nginx wants one all the same. */
  String servers(String upstream, Balancing balancing) {
    return """
        server 0.0.0.1; # (members come from Weir)
        balancer_by_lua_block {
            %s
        }
    """
        .formatted(balancing.call(module(), upstream));
  }

  /** Where Weir sends and asks for lists, inside the confirm server. */
  String location() {
    return """
        location /weir/live {
            include %s;
            client_max_body_size 4m;
            client_body_buffer_size 4m;
            content_by_lua_block { %s.serve(ngx.var.weir_secret) }
        }
    """
        .formatted(files.secretFile(), module());
  }

  private String module() {
    return "(%s or dofile(\"%s\"))".formatted(LOADED, files.balancer());
  }
}
