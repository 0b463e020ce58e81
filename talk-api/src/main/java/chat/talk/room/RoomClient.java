package chat.talk.room;

final class RoomClient {
  private RoomClient() {}

  static HubClient start(HubClientBuilder setup) {
    throw new UnsupportedOperationException(setup.toString());
  }

  static HubClient open(HubClientBuilder setup) {
    throw new UnsupportedOperationException(setup.toString());
  }
}
