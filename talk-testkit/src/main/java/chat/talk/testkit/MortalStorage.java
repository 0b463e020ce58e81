package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.Cursor;
import chat.talk.Entry;
import chat.talk.room.HubStorage;
import java.util.ArrayList;
import java.util.List;

/** A hub's way to its storage, which ends with the hub while the storage stays. */
final class MortalStorage extends ForwardingHubStorage {
  private final HubStorage kept;
  private final Runnable crash;
  private boolean dead;
  private boolean diesAtCommit;
  private boolean stores;

  MortalStorage(HubStorage kept, Runnable crash) {
    this.kept = kept;
    this.crash = crash;
  }

  void die() {
    dead = true;
  }

  void dieAtCommit(boolean stored) {
    diesAtCommit = true;
    stores = stored;
  }

  void live() {
    diesAtCommit = false;
  }

  @Override
  protected HubStorage kept() {
    if (dead) {
      throw new ChatException(Code.CLOSED, "the hub that asks has crashed");
    }
    return kept;
  }

  @Override
  public List<Appended> commit(List<? extends Change> changes) {
    HubStorage target = kept();
    if (!diesAtCommit) {
      return target.commit(changes);
    }
    List<Appended> result = stores ? target.commit(changes) : pretend(changes);
    crash.run();
    return result;
  }

  /** For a dead hub, which tells nobody; an error would only make it complain. */
  private static List<Appended> pretend(List<? extends Change> changes) {
    List<Appended> result = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.Append append) {
        Cursor place = new Cursor(1, 1L + result.size());
        result.add(new Appended(new Entry(place, append.event()), true));
      }
    }
    return result;
  }

  /** The storage outlives the hub. */
  @Override
  public void close() {
    dead = true;
  }
}
