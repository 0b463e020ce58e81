package chat.talk.http.internal;

/**
 * What all connections of a server have in common.
 *
 * @param router what is served
 * @param hosts by which names
 * @param limits what each connection may cost
 * @param budget what all together may that is half received
 * @param unread what all together may leave unread of their answers
 * @param connections those that are open
 * @param rules what else the server was told
 * @param log is told of each request
 */
record Service(
    Router router,
    Hosts hosts,
    Limits limits,
    Budget budget,
    Budget unread,
    Connections connections,
    Rules rules,
    AccessLog log) {}
