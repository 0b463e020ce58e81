/** Tools that the packages of this module share, and nobody else sees. */
package chat.talk.internal;
