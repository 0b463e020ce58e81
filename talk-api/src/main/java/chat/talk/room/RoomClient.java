package chat.talk.room;

final class RoomClient {
  private RoomClient() {}

  static HubClient start(HubClientBuilder setup) {
    return (HubClient) (Object) setup;
  }

  static HubClient open(HubClientBuilder setup) {
    return (HubClient) (Object) setup;
  }
}
