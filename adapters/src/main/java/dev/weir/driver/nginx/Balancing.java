package dev.weir.driver.nginx;

import dev.weir.nginxconf.ConfText;
import dev.weir.nginxconf.Directive;
import dev.weir.surround.ServerText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How Weir's balancer picks a member of a pool: what the pool's directives and server parameters
 * ask for, in the words of {@code balancer.lua}.
 *
 * @param method one of its methods
 * @param key what a hash is taken of, as an expression of Lua; empty for other methods
 * @param maxFails after so many failures a member rests; 0 for never
 * @param failTimeoutSeconds how long it rests, and how far apart failures may be to count
 * @param kept the directives that nginx takes beside a balancer
 */
record Balancing(
    String method, String key, int maxFails, int failTimeoutSeconds, List<String> kept) {

  private static final Pattern FAIL_TIMEOUT = Pattern.compile("([0-9]{1,6})(s|m|h|)");
  private static final Pattern MAX_FAILS = Pattern.compile("[0-9]{1,6}");
  private static final Pattern PART =
      Pattern.compile("\\$\\{([A-Za-z0-9_]+)}|\\$([A-Za-z0-9_]+)|([^$\\\\]+)");
  private static final Set<String> BESIDE =
      Set.of("keepalive", "keepalive_requests", "keepalive_time", "keepalive_timeout");

  /** nginx takes the first three bytes of an IPv4 address. */
  private static final String IP_KEY =
      "ngx.var.remote_addr:match('^%d+%.%d+%.%d+') or ngx.var.remote_addr";

  Balancing {
    kept = List.copyOf(kept);
  }

  /** Whether a pool can be balanced by Weir. */
  sealed interface Choice {
    record Possible(Balancing balancing) implements Choice {}

    /**
     * @param reason for people
     */
    record Impossible(String reason) implements Choice {}
  }

  /** What surrounds a pool, as a choice. */
  static Choice of(NginxSurroundings around) {
    try {
      return new Choice.Possible(new Reading().read(around));
    } catch (IllegalArgumentException e) {
      return new Choice.Impossible(String.valueOf(e.getMessage()));
    }
  }

  /** The call of {@code balancer.lua} that picks a server of this upstream. */
  String call(String module, String upstream) {
    return "%s.balance(\"%s\", \"%s\", %d, %d%s)"
        .formatted(
            module,
            upstream,
            method,
            maxFails,
            failTimeoutSeconds,
            key.isEmpty() ? "" : ", " + key);
  }

  boolean countsConnections() {
    return method.equals("least_conn");
  }

  /** One reading. The messages of its exceptions say what only nginx's own balancer does. */
  private static final class Reading {
    private final List<String> kept = new ArrayList<>();
    private String method = "round_robin";
    private String key = "";
    private int maxFails = 1;
    private int failTimeoutSeconds = 10;

    Balancing read(NginxSurroundings around) {
      around.directives().forEach(this::directive);
      parameters(around.server());
      return new Balancing(method, key, maxFails, failTimeoutSeconds, kept);
    }

    private void directive(String text) {
      Directive directive = ConfText.parse(text).directives().getFirst();
      List<String> arguments = directive.arguments();
      switch (directive.name()) {
        case "least_conn" -> method = "least_conn";
        case "ip_hash" -> hash(IP_KEY);
        case "hash" -> hash(expression(arguments.getFirst()));
        case "zone" -> {}
        default -> {
          if (!BESIDE.contains(directive.name())) {
            throw new IllegalArgumentException("'%s' is nginx's own".formatted(directive.name()));
          }
          kept.add(text);
        }
      }
    }

    private void hash(String expression) {
      method = "hash";
      key = expression;
    }

    private void parameters(ServerText server) {
      if (server.source().indexOf('{') >= 0) {
        throw new IllegalArgumentException("its server parameters differ from member to member");
      }
      for (String parameter : server.source().strip().split("\\s+", -1)) {
        if (!parameter.isEmpty()) {
          parameter(parameter);
        }
      }
    }

    private void parameter(String parameter) {
      String[] parts = parameter.split("=", 2);
      String value = parts.length > 1 ? parts[1] : "";
      Matcher time = FAIL_TIMEOUT.matcher(value);
      if (parts[0].equals("max_fails") && MAX_FAILS.matcher(value).matches()) {
        maxFails = Integer.parseInt(value);
      } else if (parts[0].equals("fail_timeout") && time.matches()) {
        failTimeoutSeconds = Integer.parseInt(time.group(1)) * unit(time.group(2));
      } else {
        throw new IllegalArgumentException("'%s' is nginx's own".formatted(parameter));
      }
    }

    private static int unit(String unit) {
      return switch (unit) {
        case "m" -> 60;
        case "h" -> 3600;
        default -> 1;
      };
    }

    /** Text with variables of nginx as an expression of Lua. */
    private static String expression(String text) {
      List<String> parts = new ArrayList<>();
      Matcher part = PART.matcher(text);
      int end = 0;
      while (part.find() && part.start() == end) {
        end = part.end();
        String name = Optional.ofNullable(part.group(1)).orElse(part.group(2));
        parts.add(
            name == null
                ? "[==[" + literal(part.group(3)) + "]==]"
                : "(ngx.var." + variable(name) + " or '')");
      }
      if (end != text.length()) {
        throw new IllegalArgumentException("the key of its hash is nginx's own");
      }
      return String.join(" .. ", parts);
    }

    private static String literal(String text) {
      if (text.contains("]==]") || text.startsWith("\n")) {
        throw new IllegalArgumentException("the key of its hash is nginx's own");
      }
      return text;
    }

    /** What a regular expression captured has a number for its name. */
    private static String variable(String name) {
      if (Character.isDigit(name.charAt(0))) {
        throw new IllegalArgumentException("the key of its hash is nginx's own");
      }
      return name;
    }
  }
}
