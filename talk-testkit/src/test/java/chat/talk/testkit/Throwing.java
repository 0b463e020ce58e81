package chat.talk.testkit;

import java.util.function.Function;

/** What a plug-in should not do, be it asked for a result or not. */
record Throwing<A, B>(boolean anError) implements Function<A, B>, Runnable {
  @Override
  public B apply(A argument) {
    run();
    throw new AssertionError("not reached");
  }

  @Override
  public void run() {
    if (anError) {
      throw new NoClassDefFoundError("half/a/plug/In");
    }
    throw new IllegalStateException("a plug-in that throws");
  }
}
