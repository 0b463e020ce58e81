/**
 * HTTP and WebSocket for Talk. {@link chat.talk.http.HttpServer} serves whatever it is given: a
 * registry, a peer, or routes of your own.
 */
package chat.talk.http;
