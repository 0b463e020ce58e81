package chat.talk.jdbc;

import chat.talk.room.HubStorage;
import chat.talk.testkit.ForwardingHubStorage;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jetbrains.annotations.Nullable;

/**
 * A storage that stands still at its next commit once it is told to, so that it is killed there.
 */
final class StandingStorage extends ForwardingHubStorage {
  private final HubStorage kept;
  private final Runnable stands;
  private volatile @Nullable Place place;

  /** Where a commit stands still. */
  enum Place {
    /** Nothing of it is stored. */
    BEFORE,

    /** All of it is stored, and nobody knows. */
    BEHIND
  }

  /**
   * A storage that goes on until told otherwise.
   *
   * @param kept what it is
   * @param stands is run where it stands
   */
  StandingStorage(HubStorage kept, Runnable stands) {
    this.kept = kept;
    this.stands = stands;
  }

  void standAt(Place where) {
    place = where;
  }

  @Override
  protected HubStorage kept() {
    return kept;
  }

  @Override
  public List<Appended> commit(List<? extends Change> changes) {
    Place here = place;
    if (here == Place.BEFORE) {
      stand();
    }
    List<Appended> answer = kept.commit(changes);
    if (here == Place.BEHIND) {
      stand();
    }
    return answer;
  }

  private void stand() {
    stands.run();
    while (true) {
      LockSupport.park();
    }
  }
}
