package chat.talk.http.internal;

import chat.talk.http.WebSocketHandler;
import java.util.function.Supplier;

/** What is served to WebSockets at a path. */
record WebSocketRoute(int maxMessage, Supplier<WebSocketHandler> handlers) {}
