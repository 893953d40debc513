/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import java.util.Arrays;
import java.util.List;

/**
 * A small fingerprint of a text that tells how alike two texts are: the {@value #SIZE} smallest hashes of its shingles
 * (runs of {@value #SHINGLE} characters, white space folded and none around). Made in one pass with bounded memory. (Broder, "On the
 * resemblance and containment of documents", 1997: bottom-k sketches.)
 *
 * @param hashes ascending, without doubles
 */
public record OutputSketch(List<Long> hashes) {

    static final int SIZE = 128;
    static final int SHINGLE = 8;

    public OutputSketch {
        hashes = List.copyOf(hashes);
    }

    /** The sketch of a text; linear in its length. */
    public static OutputSketch of(String text) {
        Shingles shingles = new Shingles();
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                blank = true;
                continue;
            }
            if (blank && shingles.length > 0) {
                shingles.add(' ');
            }
            blank = false;
            shingles.add(c);
        }
        return new OutputSketch(shingles.smallest());
    }

    /** Estimates the share of shingles two texts have in common, from 0 to 1. */
    public double similarity(OutputSketch other) {
        int i = 0;
        int j = 0;
        int common = 0;
        int union = 0;
        while (union < SIZE && (i < hashes.size() || j < other.hashes.size())) {
            int order = i == hashes.size()
                    ? 1
                    : j == other.hashes.size() ? -1 : Long.compare(hashes.get(i), other.hashes.get(j));
            if (order == 0) {
                common++;
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
            union++;
        }
        return union == 0 ? 1 : (double) common / union;
    }

    /** Slides over the characters and hashes every run of {@link #SHINGLE} of them. */
    private static final class Shingles {

        private static final long BASE = 0x9E3779B97F4A7C15L;
        private static final long BASE_TO_SHINGLE = power(BASE, SHINGLE);

        private final SmallestHashes smallest = new SmallestHashes(SIZE);
        private final char[] window = new char[SHINGLE];
        private long rolling;
        private int length;

        void add(char c) {
            int slot = length % SHINGLE;
            rolling = rolling * BASE + c - window[slot] * BASE_TO_SHINGLE;
            window[slot] = c;
            length++;
            if (length >= SHINGLE) {
                smallest.offer(mix(rolling));
            }
        }

        /** A text shorter than one shingle is a shingle by itself. */
        List<Long> smallest() {
            if (length < SHINGLE) {
                smallest.offer(mix(rolling + length));
            }
            return smallest.ascending();
        }

        private static long power(long base, int exponent) {
            long result = 1;
            for (int i = 0; i < exponent; i++) {
                result *= base;
            }
            return result;
        }

        /** The finaliser of SplitMix64, so that neighbouring sums land far apart. */
        private static long mix(long value) {
            long z = value;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            return z ^ (z >>> 31);
        }
    }

    /** Keeps the n smallest distinct values offered. Nearly every value is refused by one comparison. */
    private static final class SmallestHashes {

        private final long[] values;
        private int count;

        SmallestHashes(int capacity) {
            values = new long[capacity];
        }

        void offer(long value) {
            if (count == values.length && value >= values[count - 1]) {
                return;
            }
            int at = Arrays.binarySearch(values, 0, count, value);
            if (at >= 0) {
                return;
            }
            int insert = -at - 1;
            int last = Math.min(count, values.length - 1);
            System.arraycopy(values, insert, values, insert + 1, last - insert);
            values[insert] = value;
            count = Math.min(count + 1, values.length);
        }

        List<Long> ascending() {
            return Arrays.stream(values, 0, count).boxed().toList();
        }
    }
}
