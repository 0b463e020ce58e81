package chat.talk.room;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.MessageKey;
import chat.talk.Page;
import chat.talk.UserName;
import chat.talk.internal.InMemoryStorage;
import chat.talk.internal.Logs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jetbrains.annotations.Nullable;

/** Logs in lists and facts in a map. Guarded by this. */
final class InMemoryHubStorage extends InMemoryStorage implements HubStorage {
  private final Map<Fact.Key, Fact> facts = new LinkedHashMap<>();

  /** How many files refer to a blob. */
  private final Map<Digest, Integer> references = new HashMap<>();

  InMemoryHubStorage(long maxCharacters) {
    super(maxCharacters);
  }

  @Override
  public synchronized List<Appended> commit(List<? extends Change> changes) {
    requireOpen();
    List<Change> all = List.copyOf(changes);
    all.forEach(InMemoryHubStorage::check);
    List<Appended> appended = new ArrayList<>();
    for (Change change : all) {
      if (change instanceof Change.Append append) {
        appended.add(append(append));
      } else {
        make(change);
      }
    }
    logs.dropOldest();
    return List.copyOf(appended);
  }

  /** Refuses what could not be made, before anything is. */
  private static void check(Change change) {
    if (change instanceof Change.Append append) {
      Logs.check(append.event());
    }
  }

  private Appended append(Change.Append append) {
    boolean isNew = logs.find(append.event().key()).isEmpty();
    return new Appended(logs.append(append.event()), isNew);
  }

  private void make(Change change) {
    if (change instanceof Change.Rewrite rewrite) {
      logs.rewrite(rewrite.message(), rewrite.text());
    } else if (change instanceof Change.Erase erase) {
      logs.erase(erase.message());
    } else if (change instanceof Change.Expire expire) {
      logs.expire(expire.chat(), expire.upTo());
    } else if (change instanceof Change.Put put) {
      count(facts.put(put.fact().key(), put.fact()), -1);
      count(put.fact(), 1);
    } else if (change instanceof Change.Drop drop) {
      count(facts.remove(drop.fact().key()), -1);
    }
  }

  private void count(@Nullable Fact fact, int change) {
    if (fact instanceof Fact.File file) {
      references.merge(
          file.blob().digest(), change, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
    }
  }

  @Override
  public synchronized boolean refersTo(Digest digest) {
    requireOpen();
    return references.containsKey(digest);
  }

  @Override
  public synchronized Map<MessageKey, Entry> find(Collection<MessageKey> keys) {
    requireOpen();
    Map<MessageKey, Entry> found = new HashMap<>();
    keys.forEach(key -> logs.find(key).ifPresent(entry -> found.put(key, entry)));
    return found;
  }

  @Override
  public synchronized Map<ChatId, Cursor> heads() {
    requireOpen();
    return logs.heads();
  }

  @Override
  public synchronized List<Long> count(UserName notBy, List<Stretch> stretches) {
    requireOpen();
    return stretches.stream().map(stretch -> count(notBy, stretch)).toList();
  }

  private long count(UserName notBy, Stretch stretch) {
    return logs.log(stretch.chat())
        .map(log -> countEntries(notBy, log.between(stretch.after(), stretch.upTo())))
        .orElse(0L);
  }

  private static long countEntries(UserName notBy, List<Entry> entries) {
    long count = 0;
    for (Entry entry : entries) {
      if (entry.event() instanceof ChatMessage message && counts(message, notBy)) {
        count++;
      }
    }
    return count;
  }

  private static boolean counts(ChatMessage message, UserName notBy) {
    return !message.revision().isBlank() && !message.author().equals(notBy);
  }

  @Override
  public synchronized Page comments(MessageKey message, Cursor after, int limit) {
    requireOpen();
    requirePositive(limit);
    return logs.find(message)
        .flatMap(entry -> logs.log(entry.event().chat()))
        .map(log -> log.comments(message, after, limit))
        .orElseGet(() -> nothing(after));
  }

  @Override
  public synchronized Stream<Fact> facts() {
    requireOpen();
    return List.copyOf(facts.values()).stream();
  }
}
