@NullMarked
package dev.ralph.agents.gemini;

import org.jspecify.annotations.NullMarked;
