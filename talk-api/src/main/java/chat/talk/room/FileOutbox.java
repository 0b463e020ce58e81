package chat.talk.room;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.internal.Failures;
import chat.talk.internal.Threads;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jetbrains.annotations.Nullable;

/**
 * Keeps what is unanswered in a file. All that comes in meanwhile is written and forced in one go,
 * by one thread; what need not be written waits in its turn, so that the order remains.
 */
final class FileOutbox extends Outbox {
  private static final System.Logger LOG = System.getLogger(FileOutbox.class.getName());

  /** A file is written anew when it is longer than this and twice what waits. */
  private static final long SMALL = 256 * 1024;

  private final Path path;
  private final long most;
  private final Executor thread = Threads.serial("talk-outbox");

  /** Guarded by this, as what follows. Null while no client has it. */
  private @Nullable OutboxFile file;

  private OutboxRecord.Owner owner = new OutboxRecord.Owner("", null);

  /** What stands in the file and is not answered. */
  private final Map<Long, Waiting> left = new LinkedHashMap<>();

  private final Queue<Step> steps = new ArrayDeque<>();
  private boolean isAtWork;
  private long lastNumber;

  /** How much waits: in the file, and to be written there. */
  private long bytes;

  private CompletableFuture<Void> closed = CompletableFuture.completedFuture(null);

  /** Only used by the thread, as the next one. */
  private final List<byte[]> unwritten = new ArrayList<>();

  private long replaceBeyond;

  FileOutbox(Path path, long most) {
    this.path = path;
    this.most = most;
    if (path.getFileName() == null) {
      throw new ChatException(Code.INVALID, "an outbox needs a file, but was given " + path);
    }
  }

  @Override
  public List<Command<?>> waiting() {
    synchronized (this) {
      if (file != null) {
        return left.values().stream().<Command<?>>map(Waiting::command).toList();
      }
    }
    try {
      return List.copyOf(OutboxFile.read(path).left().values());
    } catch (IOException e) {
      throw storage("read", e);
    }
  }

  @Override
  public CompletableFuture<Void> saved() {
    CompletableFuture<Void> saved = new CompletableFuture<>();
    add(Step.inTurn(() -> saved.complete(null)));
    return saved;
  }

  @Override
  synchronized List<Kept> open(Login login) {
    OutboxLock lock = null;
    try {
      lock = OutboxLock.of(path);
      OutboxFile.Content content = OutboxFile.read(path);
      owner = requireSame(content.owner(), OutboxRecord.Owner.of(login));
      OutboxFile opened = OutboxFile.open(path, lock, content.end());
      lock = null;
      if (content.owner() == null) {
        begin(opened);
      }
      return opened(opened, content);
    } catch (IOException e) {
      throw storage("opened", e);
    } finally {
      close(lock);
    }
  }

  private OutboxRecord.Owner requireSame(
      OutboxRecord.@Nullable Owner known, OutboxRecord.Owner present) {
    if (known == null || known.isSame(present)) {
      return known == null ? present : known;
    }
    String whose = known.user() == null ? "" : ", one of " + known.user();
    String message = "the outbox %s belongs to another device%s".formatted(path, whose);
    throw new ChatException(Code.CONFLICT, message);
  }

  private void begin(OutboxFile opened) throws IOException {
    try {
      opened.replace(List.of(OutboxFrames.frame(owner.bytes())));
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  private List<Kept> opened(OutboxFile opened, OutboxFile.Content content) throws IOException {
    left.clear();
    bytes = 0;
    List<Kept> kept = new ArrayList<>();
    for (Map.Entry<Long, Command<?>> each : content.left().entrySet()) {
      long number = each.getKey();
      Waiting waiting = new Waiting(each.getValue(), frame(number, each.getValue()).length);
      left.put(number, waiting);
      bytes += waiting.size();
      kept.add(new Kept(number, each.getValue()));
    }
    lastNumber = content.last();
    file = opened;
    closed = new CompletableFuture<>();
    return kept;
  }

  private static byte[] frame(long number, Command<?> command) throws CharacterCodingException {
    return OutboxFrames.frame(new OutboxRecord.Put(number, command).bytes());
  }

  @Override
  boolean keeps(Command<?> command) {
    return command instanceof Command.Send
        || command instanceof Command.Schedule
        || command instanceof Command.Edit
        || command instanceof Command.Erase;
  }

  @Override
  void put(Command<?> command, Taken taken) {
    if (!keeps(command)) {
      add(Step.inTurn(() -> taken.taken(0, null)));
      return;
    }
    try {
      keep(command, taken);
    } catch (ChatException e) {
      taken.taken(0, e);
    } catch (CharacterCodingException e) {
      taken.taken(0, new ChatException(Code.INVALID, "the text is no Unicode", e));
    }
  }

  private synchronized void keep(Command<?> command, Taken taken) throws CharacterCodingException {
    if (file == null) {
      throw Failures.closed("the client");
    }
    long number = lastNumber + 1;
    byte[] frame = frame(number, command);
    requireRoom(frame.length);
    lastNumber = number;
    bytes += frame.length;
    Waiting waiting = new Waiting(command, frame.length);
    add(new Step(frame, true, failure -> taken(number, waiting, taken, failure)));
  }

  private void requireRoom(long size) {
    if (size > most) {
      throw new ChatException(Code.TOO_LARGE, "it is larger than an outbox may be");
    }
    if (bytes + size > most) {
      throw new ChatException(Code.OVERLOADED, "too much waits in the outbox already");
    }
  }

  private void taken(long number, Waiting waiting, Taken taken, @Nullable ChatException failure) {
    synchronized (this) {
      if (failure == null) {
        left.put(number, waiting);
      } else {
        bytes -= waiting.size();
      }
    }
    taken.taken(failure == null ? number : 0, failure);
  }

  @Override
  synchronized void remove(long number) {
    Waiting waiting = left.remove(number);
    if (waiting != null && file != null) {
      bytes -= waiting.size();
      add(new Step(done(number), false, failure -> {}));
    }
  }

  private static byte[] done(long number) {
    try {
      return OutboxFrames.frame(new OutboxRecord.Done(number).bytes());
    } catch (CharacterCodingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  synchronized CompletableFuture<Void> close() {
    add(Step.inTurn(this::end));
    return closed;
  }

  private void end() {
    OutboxFile old;
    CompletableFuture<Void> end;
    synchronized (this) {
      old = file;
      end = closed;
      file = null;
      left.clear();
    }
    replaceBeyond = 0;
    unwritten.clear();
    close(old == null ? null : old::close);
    end.complete(null);
  }

  // The thread's work.

  private synchronized void add(Step step) {
    steps.add(step);
    if (!isAtWork) {
      isAtWork = true;
      thread.execute(this::work);
    }
  }

  private void work() {
    for (List<Step> group = next(); !group.isEmpty(); group = next()) {
      ChatException failure = write(group);
      group.forEach(step -> step.after.accept(failure));
      replaceWhenLong();
    }
  }

  private synchronized List<Step> next() {
    List<Step> group = List.copyOf(steps);
    steps.clear();
    isAtWork = !group.isEmpty();
    return group;
  }

  private @Nullable ChatException write(List<Step> group) {
    OutboxFile open = open();
    if (open == null) {
      return Failures.closed("the client");
    }
    group.stream().map(step -> step.frame).filter(Objects::nonNull).forEach(unwritten::add);
    try {
      if (!unwritten.isEmpty()) {
        open.append(unwritten, group.stream().anyMatch(step -> step.mustLast));
        unwritten.clear();
      }
      return null;
    } catch (IOException e) {
      group.stream()
          .filter(step -> step.mustLast)
          .map(step -> step.frame)
          .forEach(unwritten::remove);
      return storage("written", e);
    }
  }

  private synchronized @Nullable OutboxFile open() {
    return file;
  }

  /** A full disk may keep it from that: then it is tried again when there is twice as much. */
  private void replaceWhenLong() {
    OutboxFile open = open();
    if (open == null || open.length() <= Math.max(replaceBeyond, SMALL)) {
      return;
    }
    try {
      open.replace(frames());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The outbox " + path + " can't be written anew; it grows", e);
    }
    replaceBeyond = 2 * open.length();
  }

  private synchronized List<byte[]> frames() throws CharacterCodingException {
    List<byte[]> frames = new ArrayList<>();
    frames.add(OutboxFrames.frame(owner.bytes()));
    for (Map.Entry<Long, Waiting> each : left.entrySet()) {
      frames.add(frame(each.getKey(), each.getValue().command()));
    }
    return frames;
  }

  private ChatException storage(String what, IOException why) {
    String message = "the outbox %s can't be %s: %s".formatted(path, what, why);
    return new ChatException(Code.STORAGE, message, why);
  }

  private void close(@Nullable OutboxLock lock) {
    close(lock == null ? null : lock::close);
  }

  private void close(@Nullable Closing closing) {
    try {
      if (closing != null) {
        closing.close();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The outbox " + path + " can't be closed", e);
    }
  }

  @Override
  public String toString() {
    return "Outbox[" + path + "]";
  }

  private interface Closing {
    void close() throws IOException;
  }

  /** What waits for an answer, and how much of the file it takes. */
  private record Waiting(Command<?> command, long size) {}

  /** What is to be written, if anything, and whom to tell then. */
  private static final class Step {
    final byte @Nullable [] frame;

    /** Else it may get lost: then something is asked for once more, which changes nothing. */
    final boolean mustLast;

    final Consumer<@Nullable ChatException> after;

    private Step(
        byte @Nullable [] frame, boolean mustLast, Consumer<@Nullable ChatException> after) {
      this.frame = frame;
      this.mustLast = mustLast;
      this.after = after;
    }

    static Step inTurn(Runnable task) {
      return new Step(null, false, failure -> task.run());
    }
  }
}
