package chat.talk.http;

import static chat.talk.http.RestWorld.LATER;

import chat.talk.http.RestWorld.Answer;
import chat.talk.http.RestWorld.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import okhttp3.RequestBody;
import org.jetbrains.annotations.Nullable;

/** What leads to each status of each path, besides what leads to it everywhere. */
final class Occasions {
  private static final String TEXT = "{\"text\":\"Hello\"}";
  private static final String TITLE = "{\"title\":\"Another\"}";
  private static final String REASON = "{\"reason\":\"spam\"}";
  private static final String BAN = "{\"until\":\"" + LATER + "\",\"reason\":\"spam\"}";
  private static final String SENT_LATER = "{\"text\":\"Hello\",\"sendAt\":\"" + LATER + "\"}";
  private static final String NOBODY = "{\"user\":\"nobody\"}";
  private static final String START = "{\"upTo\":\"0-0\"}";

  private final TreeMap<String, Occasion> all = new TreeMap<>();
  private final RestWorld world;
  private final User ada;
  private final User bob;
  private final User eve;
  private final User root;
  private final User mallory;

  /** Leads to an answer. */
  @FunctionalInterface
  private interface Occasion {
    Answer run();
  }

  Occasions(RestWorld world) {
    this.world = world;
    ada = world.user("ada");
    bob = world.user("bob");
    eve = world.user("eve");
    root = world.user("root");
    mallory = world.user("mallory");
    service();
    account();
    chats();
    entrance();
    messages();
    files();
    scheduled();
    sessions();
    admin();
  }

  Set<String> names() {
    return new TreeSet<>(all.keySet());
  }

  Answer run(String name) {
    return all.get(name).run();
  }

  private void on(String name, Occasion occasion) {
    if (all.put(name, occasion) != null) {
      throw new AssertionError("given twice: " + name);
    }
  }

  /** What is done in a private chat of ada's, by several users. */
  private void inRoom(String route, String rest, @Nullable String body, User... refused) {
    String method = route.substring(0, route.indexOf(' '));
    for (User user : refused) {
      on(
          route + " 403",
          () -> world.as(user, method, "/v1/chats/" + world.room(ada, bob) + rest, body));
    }
  }

  private void service() {
    for (String path : new String[] {"health", "ready", "openapi.json", "asyncapi.json", "docs"}) {
      on("GET /v1/" + path + " 200", () -> get("/v1/" + path));
    }
    on("GET /v1/ready 503", this::failingStorage);
  }

  private Answer get(String path) {
    return world.call("GET", path, null, (String) null);
  }

  private Answer failingStorage() {
    world.failsSince.set(Optional.of(Instant.EPOCH));
    try {
      return get("/v1/ready");
    } finally {
      world.failsSince.set(Optional.empty());
    }
  }

  private void account() {
    on("POST /v1/connect 201", () -> connect("{\"user\":\"carol\"}"));
    on("POST /v1/connect 401", () -> connect("{\"user\":\"ada\",\"password\":\"12345678\"}"));
    on("POST /v1/connect 409", () -> connect("{\"user\":\"ada\"}"));
    on("GET /v1/me 200", () -> world.as(ada, "GET", "/v1/me"));
    on("GET /v1/status 200", () -> world.as(ada, "GET", "/v1/status"));
    String password = "{\"password\":\"correct horse\"}";
    on("PUT /v1/me/password 204", () -> world.as(bob, "PUT", "/v1/me/password", password));
    on("GET /v1/devices 200", () -> world.as(ada, "GET", "/v1/devices"));
    on("POST /v1/devices 201", () -> world.as(ada, "POST", "/v1/devices", "{}"));
    on("POST /v1/devices 409", () -> world.as(ada, "POST", "/v1/devices", token(bob.token())));
    on("DELETE /v1/devices/{device} 200", this::revokeDevice);
    on("DELETE /v1/devices/{device} 404", () -> world.as(ada, "DELETE", "/v1/devices/none"));
  }

  private Answer connect(String body) {
    return world.call("POST", "/v1/connect", null, body);
  }

  private static String token(String secret) {
    return "{\"token\":\"" + secret + "\"}";
  }

  private Answer revokeDevice() {
    Answer made = world.as(ada, "POST", "/v1/devices", "{}").is(201);
    return world.as(ada, "DELETE", made.headers().get("Location"));
  }

  private void chats() {
    on("GET /v1/chats 200", () -> world.as(ada, "GET", "/v1/chats"));
    on("POST /v1/chats 201", () -> world.as(ada, "POST", "/v1/chats", TITLE));
    on("POST /v1/chats 409", () -> sameChat(world.room(ada)));
    String chat = "/v1/chats/{chat}";
    on("GET " + chat + " 200", () -> world.as(ada, "GET", room()));
    inRoom("GET " + chat, "", null, eve);
    on("PATCH " + chat + " 204", () -> world.as(ada, "PATCH", room(), TITLE));
    inRoom("PATCH " + chat, "", TITLE, bob);
    on("PATCH " + chat + " 404", () -> world.as(ada, "PATCH", room(), "{\"owner\":\"nobody\"}"));
    on("PATCH " + chat + " 410", () -> world.as(ada, "PATCH", closed(), TITLE));
    on("GET " + chat + "/members 200", () -> world.as(ada, "GET", room() + "/members"));
    inRoom("GET " + chat + "/members", "/members", null, eve);
    String member = chat + "/members/{user}";
    on("DELETE " + member + " 204", () -> world.as(ada, "DELETE", room() + "/members/bob"));
    inRoom("DELETE " + member, "/members/ada", null, bob);
    on("PUT " + chat + "/read 204", () -> world.as(ada, "PUT", room() + "/read", START));
    inRoom("PUT " + chat + "/read", "/read", START, eve);
    String active = "{\"active\":true}";
    on("PUT " + chat + "/typing 204", () -> world.as(ada, "PUT", room() + "/typing", active));
    inRoom("PUT " + chat + "/typing", "/typing", active, eve);
  }

  /** A private chat of ada's with bob in it. */
  private String room() {
    return "/v1/chats/" + world.room(ada, bob);
  }

  private String closed() {
    String chat = world.room(ada, bob);
    world.closeRoom(ada, chat);
    return "/v1/chats/" + chat;
  }

  private Answer sameChat(String id) {
    return world.as(bob, "POST", "/v1/chats", "{\"id\":\"" + id + "\",\"title\":\"Mine\"}");
  }

  private void entrance() {
    String invitations = "/v1/chats/{chat}/invitations";
    on("POST " + invitations + " 201", () -> invite(room(), "{\"user\":\"eve\"}"));
    inRoom("POST " + invitations, "/invitations", "{\"user\":\"eve\"}", bob);
    on("POST " + invitations + " 404", () -> invite(room(), NOBODY));
    on("POST " + invitations + " 409", () -> invite(room(), "{\"user\":\"bob\"}"));
    on("POST " + invitations + " 410", () -> invite(closed(), "{\"user\":\"eve\"}"));
    String invitation = invitations + "/{user}";
    on("DELETE " + invitation + " 204", () -> world.as(ada, "DELETE", room() + "/invitations/eve"));
    inRoom("DELETE " + invitation, "/invitations/eve", null, bob);
    on("GET /v1/invitations 200", this::invitations);
    String answer = "PUT /v1/invitations/{chat} ";
    on(answer + 200, () -> answer(invited(), true));
    on(answer + 204, () -> answer(invited(), false));
    on(answer + 404, () -> answer("none", true));
    on(answer + 410, this::tooLate);
    links();
    requests();
  }

  private Answer invite(String chat, String body) {
    return world.as(ada, "POST", chat + "/invitations", body);
  }

  private Answer invitations() {
    invited();
    return world.as(eve, "GET", "/v1/invitations");
  }

  /** A chat that eve is invited to. */
  private String invited() {
    String chat = world.room(ada, bob);
    invite("/v1/chats/" + chat, "{\"user\":\"eve\"}").is(201);
    return chat;
  }

  private Answer answer(String chat, boolean accepted) {
    return world.as(eve, "PUT", "/v1/invitations/" + chat, "{\"accepted\":" + accepted + "}");
  }

  private Answer tooLate() {
    String chat = invited();
    world.closeRoom(ada, chat);
    return answer(chat, true);
  }

  private void links() {
    String links = "/v1/chats/{chat}/links";
    on("POST " + links + " 201", () -> world.as(ada, "POST", room() + "/links", "{}"));
    inRoom("POST " + links, "/links", "{}", bob);
    on("POST " + links + " 409", this::sameLink);
    on("POST " + links + " 410", () -> world.as(ada, "POST", closed() + "/links", "{}"));
    on("GET " + links + " 200", () -> links(room()));
    inRoom("GET " + links, "/links", null, bob);
    on("DELETE " + links + "/{link} 204", this::revokeLink);
    inRoom("DELETE " + links + "/{link}", "/links/none", null, bob);
  }

  private Answer sameLink() {
    String token = world.link(ada, world.room(ada));
    return world.as(ada, "POST", room() + "/links", token(token));
  }

  private Answer links(String chat) {
    world.as(ada, "POST", chat + "/links", "{}").is(201);
    return world.as(ada, "GET", chat + "/links");
  }

  private Answer revokeLink() {
    Answer made = world.as(ada, "POST", room() + "/links", "{}").is(201);
    return world.as(ada, "DELETE", made.headers().get("Location"));
  }

  private void requests() {
    on("POST /v1/requests 201", () -> knock(eve, world.link(ada, world.room(ada))));
    on("POST /v1/requests 404", () -> knock(eve, "x".repeat(22)));
    on("POST /v1/requests 409", () -> knock(bob, world.link(ada, world.room(ada, bob))));
    on("POST /v1/requests 410", this::lateKnock);
    String requests = "/v1/chats/{chat}/requests";
    on("GET " + requests + " 200", () -> world.as(ada, "GET", awaited() + "/requests"));
    inRoom("GET " + requests, "/requests", null, bob);
    String one = "PUT " + requests + "/{user}";
    on(one + " 204", () -> approve(awaited()));
    inRoom(one, "/requests/eve", "{\"approved\":true}", bob);
    on(one + " 404", () -> approve(room()));
    on(one + " 410", this::lateApproval);
  }

  private Answer knock(User user, String token) {
    return world.as(user, "POST", "/v1/requests", token(token));
  }

  private Answer lateKnock() {
    Answer made = world.as(ada, "POST", room() + "/links", "{}").is(201);
    world.as(ada, "DELETE", made.headers().get("Location")).is(204);
    return knock(eve, (String) made.at("token"));
  }

  /** A chat into which eve wants to be let. */
  private String awaited() {
    String chat = world.room(ada);
    knock(eve, world.link(ada, chat)).is(201);
    return "/v1/chats/" + chat;
  }

  private Answer lateApproval() {
    String chat = awaited();
    world.as(ada, "PATCH", chat, "{\"closed\":true}").is(204);
    return approve(chat);
  }

  private Answer approve(String chat) {
    return world.as(ada, "PUT", chat + "/requests/eve", "{\"approved\":true}");
  }

  private void messages() {
    String messages = "/v1/chats/{chat}/messages";
    on("GET " + messages + " 200", () -> world.as(ada, "GET", room() + "/messages"));
    inRoom("GET " + messages, "/messages", null, eve);
    on("POST " + messages + " 201", () -> say(room(), TEXT));
    on("POST " + messages + " 202", () -> say(room(), SENT_LATER));
    inRoom("POST " + messages, "/messages", TEXT, eve);
    String about = "{\"text\":\"Hello\",\"about\":{\"author\":\"ada\",\"id\":\"none\"}}";
    on("POST " + messages + " 404", () -> say(room(), about));
    on("POST " + messages + " 409", () -> say(room(), withId(world.waiting(ada))));
    on("POST " + messages + " 410", () -> say(closed(), TEXT));
    String direct = "POST /v1/users/{user}/messages ";
    on(direct + 201, () -> say("/v1/users/bob", TEXT));
    on(direct + 202, () -> say("/v1/users/bob", SENT_LATER));
    on(direct + 404, () -> say("/v1/users/nobody", TEXT));
    on(direct + 409, () -> say("/v1/users/bob", withId(world.waiting(ada))));
    message("/v1/messages/{author}/{id}");
  }

  private Answer say(String to, String body) {
    return world.as(ada, "POST", to + "/messages", body);
  }

  private static String withId(String id) {
    return "{\"text\":\"Hello\",\"id\":\"" + id + "\"}";
  }

  private void message(String path) {
    String none = "/v1/messages/ada/none";
    on("GET " + path + " 200", () -> world.as(bob, "GET", said()));
    on("GET " + path + " 404", () -> world.as(bob, "GET", none));
    on("PATCH " + path + " 200", () -> world.as(ada, "PATCH", said(), TEXT));
    on("PATCH " + path + " 403", () -> world.as(bob, "PATCH", said(), TEXT));
    on("PATCH " + path + " 404", () -> world.as(ada, "PATCH", none, TEXT));
    on("PATCH " + path + " 410", () -> world.as(ada, "PATCH", erased(), TEXT));
    on("DELETE " + path + " 200", () -> world.as(ada, "DELETE", said()));
    on("DELETE " + path + " 403", () -> world.as(bob, "DELETE", said()));
    on("DELETE " + path + " 404", () -> world.as(ada, "DELETE", none));
    on("GET " + path + "/comments 200", () -> world.as(bob, "GET", said() + "/comments"));
    on("GET " + path + "/comments 404", () -> world.as(bob, "GET", none + "/comments"));
    on("POST " + path + "/reports 204", () -> world.as(bob, "POST", said() + "/reports", REASON));
    on("POST " + path + "/reports 404", () -> world.as(bob, "POST", none + "/reports", REASON));
  }

  private void files() {
    on("POST /v1/files 201", () -> upload(ada.token(), "", 3));
    on("POST /v1/files 400", () -> upload(ada.token(), "?kind=x", 3));
    on("POST /v1/files 401", () -> upload("A".repeat(43), "", 3));
    on("POST /v1/files 413", () -> upload(ada.token(), "", RestWorld.MAX_FILE + 1));
    String download = "GET /v1/messages/{author}/{id}/attachment ";
    on(download + 200, () -> world.as(bob, "GET", withFile() + "/attachment"));
    on(download + 206, () -> world.part(bob, withFile() + "/attachment", "bytes=1-"));
    on(download + 404, () -> world.as(bob, "GET", "/v1/messages/ada/none/attachment"));
    on(download + 410, this::lateDownload);
    on(download + 416, () -> world.part(bob, withFile() + "/attachment", "bytes=3-"));
  }

  private Answer upload(String token, String query, int size) {
    RequestBody bytes = RequestBody.create(new byte[size], null);
    return world.call("POST", "/v1/files" + query, token, bytes);
  }

  /** A message with a file. */
  private String withFile() {
    String blob = upload(ada.token(), "", 3).is(201).body();
    String file = "{\"name\":\"a\",\"type\":\"application/octet-stream\"," + blob.substring(1);
    Answer sent = say("/v1/users/bob", "{\"text\":\"See\",\"attachment\":" + file + "}");
    return sent.is(201).headers().get("Location");
  }

  private Answer lateDownload() {
    String message = withFile();
    world.as(ada, "DELETE", message).is(200);
    return world.as(bob, "GET", message + "/attachment");
  }

  private String said() {
    return world.said(ada, "general");
  }

  private String erased() {
    String message = said();
    world.as(ada, "DELETE", message).is(200);
    return message;
  }

  private void scheduled() {
    String one = "/v1/scheduled/{id}";
    on("GET /v1/scheduled 200", () -> world.as(ada, "GET", "/v1/scheduled"));
    on("GET " + one + " 200", () -> world.as(ada, "GET", waiting()));
    on("GET " + one + " 404", () -> world.as(bob, "GET", waiting()));
    on("PATCH " + one + " 200", () -> world.as(ada, "PATCH", waiting(), SENT_LATER));
    on("PATCH " + one + " 404", () -> world.as(bob, "PATCH", waiting(), TEXT));
    on("PATCH " + one + " 410", () -> world.as(ada, "PATCH", cancelled(), SENT_LATER));
    on("DELETE " + one + " 200", () -> world.as(ada, "DELETE", waiting()));
    on("DELETE " + one + " 404", () -> world.as(bob, "DELETE", waiting()));
  }

  private String waiting() {
    return "/v1/scheduled/" + world.waiting(ada);
  }

  private String cancelled() {
    String message = waiting();
    world.as(ada, "DELETE", message).is(200);
    return message;
  }

  private void sessions() {
    String commands = "POST /v1/commands ";
    on(commands + 200, () -> command("{\"type\":\"status\"}"));
    on(commands + 401, () -> world.call("POST", "/v1/commands", null, "{\"type\":\"chats\"}"));
    on(commands + 403, () -> command("{\"type\":\"members\",\"chat\":\"none\"}"));
    on(commands + 404, () -> command("{\"type\":\"erase\",\"message\":\"none\"}"));
    String create = "{\"type\":\"create\",\"chat\":\"%s\",\"title\":\"Mine\"}";
    on(commands + 409, () -> command(create.formatted(world.room(bob))));
    String close = "{\"type\":\"rename\",\"chat\":\"%s\",\"title\":\"Mine\"}";
    on(commands + 410, () -> command(close.formatted(closed().substring("/v1/chats/".length()))));
    on("POST /v1/sessions 201", this::session);
    String session = "/v1/sessions/{session}";
    String frames = "[{\"type\":\"status\",\"request\":1}]";
    on("POST " + session + "/frames 204", () -> world.as(eve, "POST", open() + "/frames", frames));
    on("POST " + session + "/frames 400", () -> world.as(eve, "POST", open() + "/frames", "[{}]"));
    on("GET " + session + "/events 400", () -> world.as(eve, "GET", open() + "/events?wait=x"));
    on("POST " + session + "/frames 404", () -> world.as(eve, "POST", none("frames"), frames));
    on("GET " + session + "/events 200", () -> world.as(eve, "GET", open() + "/events"));
    on("GET " + session + "/events 404", () -> world.as(eve, "GET", none("events")));
    on("DELETE " + session + " 204", () -> world.as(eve, "DELETE", open()));
    on("DELETE " + session + " 404", () -> world.as(eve, "DELETE", "/v1/sessions/none"));
    String gone = "~" + "x".repeat(43) + ".1";
    on("GET /v1/events 410", () -> world.as(eve, "GET", "/v1/events?after=" + gone));
    on("GET /v1/events 200", () -> world.as(eve, "GET", "/v1/events?wait=0"));
  }

  private Answer command(String frame) {
    return world.as(ada, "POST", "/v1/commands", frame);
  }

  private Answer session() {
    String login = "{\"type\":\"known\",\"token\":\"" + eve.token() + "\"}";
    String frame = "{\"type\":\"connect\",\"login\":" + login + "}";
    return world.call("POST", "/v1/sessions", null, frame);
  }

  private String open() {
    return "/v1/sessions/" + session().is(201).at("session");
  }

  private static String none(String what) {
    return "/v1/sessions/none/" + what;
  }

  /** A connection. */
  private String live() {
    world.join(mallory);
    List<?> connections = (List<?>) world.as(root, "GET", "/v1/admin/connections").is(200).json();
    Object id =
        connections.stream()
            .map(connection -> (Map<?, ?>) connection)
            .filter(connection -> connection.get("user").equals("mallory"))
            .findFirst()
            .orElseThrow()
            .get("id");
    return "/v1/admin/connections/" + ((Double) id).longValue();
  }

  private void admin() {
    for (String list : new String[] {"connections", "bans", "audit"}) {
      String path = "/v1/admin/" + list;
      on("GET " + path + " 200", () -> world.as(root, "GET", path));
      on("GET " + path + " 403", () -> world.as(ada, "GET", path));
    }
    String connection = "/v1/admin/connections/{connection}";
    String none = "/v1/admin/connections/777";
    for (String method : new String[] {"GET", "DELETE"}) {
      String done = method.equals("GET") ? " 200" : " 204";
      on(method + " " + connection + done, () -> world.as(root, method, live()));
      on(method + " " + connection + " 403", () -> world.as(ada, method, none));
      on(method + " " + connection + " 404", () -> world.as(root, method, none));
    }
    String ban = "/v1/admin/bans/{user}";
    for (String method : new String[] {"PUT", "DELETE"}) {
      String body = method.equals("PUT") ? BAN : null;
      on(method + " " + ban + " 204", () -> world.as(root, method, "/v1/admin/bans/mallory", body));
      on(method + " " + ban + " 403", () -> world.as(ada, method, "/v1/admin/bans/bob", body));
      on(method + " " + ban + " 404", () -> world.as(root, method, "/v1/admin/bans/none", body));
    }
    String reports = "GET /v1/admin/users/{user}/reports ";
    on(reports + 200, () -> world.as(root, "GET", "/v1/admin/users/ada/reports"));
    on(reports + 403, () -> world.as(ada, "GET", "/v1/admin/users/ada/reports"));
    on(reports + 404, () -> world.as(root, "GET", "/v1/admin/users/none/reports"));
  }
}
