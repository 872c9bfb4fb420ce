package k23.image.manifest;

import java.util.Collection;

/** "Did you mean": the nearest of the allowed words. */
final class Suggestion {
    private static final int TELLING_PREFIX = 3;

    private Suggestion() {}

    /** {@code " (did you mean "x"?)"} for a near miss, else nothing. */
    static String forWord(String word, Collection<String> allowed) {
        String best = null;
        int bestDistance = Math.max(1, word.length() / 3) + 1;
        for (String candidate : allowed) {
            int distance = distance(word, candidate);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            } else if (best == null && startAlike(word, candidate)) {
                best = candidate;
            }
        }
        return best == null ? "" : " (did you mean \"" + best + "\"?)";
    }

    private static boolean startAlike(String a, String b) {
        return a.regionMatches(0, b, 0, TELLING_PREFIX);
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
