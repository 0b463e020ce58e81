package chat.talk.http.internal;

import chat.talk.http.HttpHandler;

/** What answers one method of one path. */
record Route(int maxBody, HttpHandler handler) {}
