package chat.talk.http.internal.hub;

import chat.talk.http.internal.client.Urls;
import chat.talk.http.internal.json.FrameSchemas;
import chat.talk.http.internal.json.Schemas;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Describes the frames between a hub and its clients as AsyncAPI 3 does. */
final class AsyncApi {
  private static final String ABOUT =
      "A session of a device with a hub. Each message is one JSON object, a frame, whichever way it"
          + " goes: a message of a WebSocket, or the data of a server-sent event. The client's first"
          + " frame is connect; every further one is a command, and is answered by a frame with its"
          + " request.";

  private AsyncApi() {}

  static Map<String, Object> document() {
    Schemas schemas = new Schemas();
    FrameSchemas frames = new FrameSchemas(schemas);
    Map<String, Object> ofClients = frames.ofClients();
    Map<String, Object> ofHubs = frames.ofHubs();
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("asyncapi", "3.0.0");
    whole.put(
        "info", Map.of("title", OpenApi.TITLE, "version", OpenApi.VERSION, "description", ABOUT));
    whole.put("defaultContentType", "application/json");
    whole.put("channels", channels(ofClients.keySet(), ofHubs.keySet()));
    whole.put("operations", operations(ofClients.keySet(), ofHubs.keySet()));
    Map<String, Object> messages = new LinkedHashMap<>();
    ofClients.forEach((type, schema) -> messages.put(ofClient(type), message(type, schema)));
    ofHubs.forEach((type, schema) -> messages.put(ofHub(type), message(type, schema)));
    whole.put("components", Map.of("messages", messages, "schemas", schemas.components()));
    return whole;
  }

  /** A client and a hub may use the same word for different things. */
  private static String ofClient(String type) {
    return "client." + type;
  }

  private static String ofHub(String type) {
    return "hub." + type;
  }

  private static Map<String, Object> message(String type, Object payload) {
    return Map.of("name", type, "payload", payload);
  }

  private static Map<String, Object> channels(Set<String> ofClients, Set<String> ofHubs) {
    Map<String, Object> both = new LinkedHashMap<>();
    ofClients.forEach(type -> both.put(ofClient(type), component(ofClient(type))));
    Map<String, Object> fromHub = new LinkedHashMap<>();
    ofHubs.forEach(type -> fromHub.put(ofHub(type), component(ofHub(type))));
    both.putAll(fromHub);
    Map<String, Object> channels = new LinkedHashMap<>();
    channels.put("socket", channel(Urls.HUB_SOCKET, "A WebSocket", both));
    channels.put("events", channel("/v1/events", "Server-sent events of all chats", fromHub));
    return channels;
  }

  private static Map<String, Object> channel(
      String address, String description, Map<String, Object> messages) {
    return Map.of("address", address, "description", description, "messages", messages);
  }

  private static Map<String, Object> component(String message) {
    return Map.of("$ref", "#/components/messages/" + message);
  }

  /** What the hub does. */
  private static Map<String, Object> operations(Set<String> ofClients, Set<String> ofHubs) {
    List<String> asked = ofClients.stream().map(AsyncApi::ofClient).toList();
    List<String> told = ofHubs.stream().map(AsyncApi::ofHub).toList();
    return Map.of(
        "takeFrames", operation("receive", "socket", asked),
        "giveFrames", operation("send", "socket", told),
        "giveEvents", operation("send", "events", told));
  }

  private static Map<String, Object> operation(
      String action, String channel, Collection<String> messages) {
    String at = "#/channels/" + channel;
    List<Map<String, String>> references =
        messages.stream().map(message -> Map.of("$ref", at + "/messages/" + message)).toList();
    return Map.of("action", action, "channel", Map.of("$ref", at), "messages", references);
  }
}
