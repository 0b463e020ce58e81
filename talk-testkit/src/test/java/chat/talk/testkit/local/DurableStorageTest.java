package chat.talk.testkit.local;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Storage;
import chat.talk.testkit.DurableStorageContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Holds the contract itself against a storage that lasts as long as this JVM does. */
final class DurableStorageTest extends DurableStorageContract {
  private Storage memory;

  @Override
  protected Storage open() {
    memory = Storage.inMemory();
    return openAgain();
  }

  @Override
  protected Storage openAgain() {
    return closable(memory);
  }

  /** The same storage, of which closing closes this view only. */
  private static Storage closable(Storage memory) {
    boolean[] closed = new boolean[1];
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                closed[0] = true;
                return null;
              }
              if (closed[0]) {
                throw new ChatException(Code.CLOSED, "the storage is closed");
              }
              try {
                return method.invoke(memory, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
