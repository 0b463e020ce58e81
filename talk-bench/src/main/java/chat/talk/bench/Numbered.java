package chat.talk.bench;

import chat.talk.ChatClient;
import chat.talk.ChatMessage;
import chat.talk.ChatMessageListener;
import chat.talk.Notice;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/** Texts of 128 bytes that begin with a number, and a listener that expects each in its turn. */
final class Numbered implements ChatMessageListener {
  private static final int DIGITS = 8;
  private static final String PADDING = "x".repeat(128 - DIGITS);

  /** What all listeners of a benchmark have found wrong. */
  static final LongAdder WRONG = new LongAdder();

  private int last = -1;
  private int end = -1;
  private CountDownLatch atEnd = new CountDownLatch(0);

  static String text(int number) {
    return String.format(Locale.ROOT, "%0" + DIGITS + "d", number) + PADDING;
  }

  static int number(String text) {
    return Integer.parseInt(text, 0, DIGITS, 10);
  }

  /** Counts down when this number has come. To be called while nothing is on its way. */
  synchronized void expect(int number, CountDownLatch latch) {
    end = number;
    atEnd = latch;
  }

  @Override
  public synchronized void onMessage(ChatClient me, ChatMessage message) {
    int number = number(message.text());
    if (number != last + 1) {
      WRONG.increment();
    }
    last = number;
    if (number == end) {
      atEnd.countDown();
    }
  }

  @Override
  public void onNotice(ChatClient me, Notice notice) {
    if (notice instanceof Notice.Lost) {
      WRONG.increment();
    }
  }
}
