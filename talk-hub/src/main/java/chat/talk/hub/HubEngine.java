package chat.talk.hub;

import chat.talk.room.Hub;
import chat.talk.room.HubStorage;

/** The engine behind rooms. */
public final class HubEngine {
  private HubEngine() {}

  /**
   * Begins a hub.
   *
   * @param storage remains the caller's
   * @return what to set up and {@link HubBuilder#open()}
   */
  public static HubBuilder builder(HubStorage storage) {
    return new HubBuilder(storage);
  }

  static Hub open(HubBuilder setup) {
    return (Hub) (Object) setup;
  }
}
