/** How the Gemini client is launched and read. Not for use from outside. */
@NullMarked
package dev.ralph.agents.gemini.internal;

import org.jspecify.annotations.NullMarked;
