package dev.weir.app.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Takes POSIX signals. By reflection, because the JDK's only way to them is a class whose use is a
 * warning of the compiler that cannot be switched off.
 */
public final class Signals {

  private Signals() {}

  /**
   * Has this run on a thread of the JVM's own whenever the signal arrives.
   *
   * @param name without its SIG: {@code HUP}
   * @throws IllegalStateException when this machine does not know the signal
   */
  public static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object taker =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), taker);
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | IllegalAccessException
        | InstantiationException
        | InvocationTargetException e) {
      throw new IllegalStateException("signal %s cannot be taken".formatted(name), e);
    }
  }
}
