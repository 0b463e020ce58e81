package chat.talk.http.internal;

import chat.talk.http.WebSocketHandler;

/** What takes the WebSockets of one path. */
record WebSocketRoute(int maxMessage, WebSocketHandler handler) {}
