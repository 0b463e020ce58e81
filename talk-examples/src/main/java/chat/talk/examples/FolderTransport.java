package chat.talk.examples;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Envelope;
import chat.talk.MessageId;
import chat.talk.Transport;
import chat.talk.UserAddress;
import chat.talk.UserName;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A transport of one's own: an endpoint is a folder, a message a file in it, which is answered by
 * another file. It passes the whole {@code TransportContract} of talk-testkit.
 */
public final class FolderTransport implements Transport {
  private static final int ANSWER_SECONDS = 10;
  private final Path root;

  /** Keeps the endpoints' folders in {@code root}, which exists. */
  public FolderTransport(Path root) {
    this.root = root;
  }

  @Override
  public Set<String> protocols() {
    return Set.of("FOLDER");
  }

  @Override
  public Endpoint open(String host, int port, Receiver receiver) {
    int number = port == 0 ? 1 : port;
    while (!folder(number).toFile().mkdir()) {
      if (port != 0 || number++ == 65535) {
        throw new ChatException(Code.CANNOT_LISTEN, "cannot make the folder " + folder(number));
      }
    }
    return new Mailbox(new UserAddress("FOLDER", host, number), folder(number).toFile(), receiver);
  }

  @Override
  public Connection connect(UserAddress address) {
    return new Postman(folder(address.port()));
  }

  private Path folder(int port) {
    return root.resolve(Integer.toString(port));
  }

  private static ScheduledExecutorService thread() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "talk-folder");
          thread.setDaemon(true);
          return thread;
        });
  }

  private static void write(Path file, String text) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.move(Files.writeString(draft, text), file, ATOMIC_MOVE);
  }

  private record Mailbox(
      UserAddress address, File folder, Receiver receiver, ScheduledExecutorService reader)
      implements Endpoint {
    Mailbox(UserAddress address, File folder, Receiver receiver) {
      this(address, folder, receiver, thread());
      reader.scheduleWithFixedDelay(this::readAll, 0, 1, TimeUnit.MILLISECONDS);
    }

    private void readAll() {
      File[] letters = folder.listFiles((in, name) -> name.endsWith(".letter"));
      for (File letter : letters == null ? new File[0] : letters) {
        try {
          String[] parts = Files.readString(letter.toPath()).split("\n", 4);
          UserName to = parts[2].isEmpty() ? null : new UserName(parts[2]);
          Files.delete(letter.toPath());
          receiver
              .receive(new Envelope(new MessageId(parts[0]), new UserName(parts[1]), to, parts[3]))
              .handle((done, failure) -> failure == null ? "" : describe(ChatException.of(failure)))
              .thenAccept(answer -> answer(letter, answer));
        } catch (IOException | RuntimeException e) {
          answer(letter, describe(ChatException.of(e)));
        }
      }
    }

    private static String describe(ChatException failure) {
      return failure.code() + "\n" + failure.getMessage();
    }

    private static void answer(File letter, String answer) {
      try {
        write(Path.of(letter + ".answer"), answer);
      } catch (IOException e) {
        // The mailbox is gone: the sender will notice.
      }
    }

    @Override
    public void close() {
      reader.shutdown();
      File[] left = folder.listFiles();
      for (File file : left == null ? new File[0] : left) {
        file.delete();
      }
      folder.delete();
    }
  }

  /** Carries one letter at a time and waits for its answer. */
  private static final class Postman implements Connection {
    private final ScheduledExecutorService writer = thread();
    private final Path folder;
    private volatile boolean spent;

    Postman(Path folder) {
      this.folder = folder;
    }

    @Override
    public CompletableFuture<Void> deliver(Envelope envelope) {
      return spent
          ? CompletableFuture.failedFuture(new ChatException(Code.UNREACHABLE, "nobody is there"))
          : CompletableFuture.runAsync(() -> carry(envelope), writer);
    }

    private void carry(Envelope e) {
      if (spent) {
        throw spent(Code.UNREACHABLE);
      }
      try {
        Path letter = folder.resolve(UUID.randomUUID() + ".letter");
        String to = e.to() == null ? "" : e.to().value();
        write(letter, String.join("\n", e.id().value(), e.from().value(), to, e.text()));
        Path answer = Path.of(letter + ".answer");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
        while (!spent && Files.exists(folder) && !Files.exists(answer)) {
          if (System.nanoTime() > deadline) {
            throw spent(Code.TIMED_OUT);
          }
          TimeUnit.MILLISECONDS.sleep(1);
        }
        String[] failure = Files.readString(answer).split("\n", 2);
        Files.delete(answer);
        if (failure.length == 2) {
          throw new ChatException(Code.valueOf(failure[0]), failure[1]);
        }
      } catch (IOException | InterruptedException gone) {
        throw spent(Code.UNREACHABLE);
      }
    }

    private ChatException spent(Code code) {
      spent = true;
      return new ChatException(code, "no answer from " + folder);
    }

    @Override
    public void close() {
      spent = true;
      writer.shutdown();
    }
  }
}
