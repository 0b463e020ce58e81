package chat.talk.testkit.local;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/** Views of storages in memory. */
final class Closable {
  private Closable() {}

  /** The same storage, of which closing closes this view only. */
  static <S extends Storage> S view(Class<S> type, S memory) {
    AtomicBoolean closed = new AtomicBoolean();
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                closed.set(true);
                return null;
              }
              if (closed.get()) {
                throw new ChatException(Code.CLOSED, "the storage is closed");
              }
              try {
                return method.invoke(memory, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
