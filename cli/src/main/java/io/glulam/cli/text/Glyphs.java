package io.glulam.cli.text;

import java.nio.charset.Charset;

/**
 * The characters that pictures are made of.
 *
 * @param eighths a cell filled from the left by one eighth to eight eighths
 * @param healthy a cell of a healthy row group
 * @param seam the last cell of a healthy row group
 * @param fragment a cell of a fragment
 * @param otherFragment a cell of every other fragment, where one fills several
 * @param branch in front of a child in a tree
 * @param lastBranch in front of the last child
 * @param trunk in front of what lies below a child that is not the last
 * @param dash between the two ends of a range
 * @param arrow from before to after
 */
public record Glyphs(
        String eighths,
        char healthy,
        char seam,
        char fragment,
        char otherFragment,
        String branch,
        String lastBranch,
        String trunk,
        String dash,
        String arrow) {
    private static final Glyphs UNICODE = new Glyphs("▏▎▍▌▋▊▉█", '█', '▉', '░', '▒', "├─ ", "└─ ", "│  ", "–", "→");
    private static final Glyphs ASCII = new Glyphs("########", '#', '|', '.', ':', "|- ", "`- ", "|  ", "-", "->");

    /** The best that {@code charset} can express. */
    public static Glyphs of(Charset charset) {
        return charset.newEncoder().canEncode("▏█░▒├–→") ? UNICODE : ASCII;
    }

    /**
     * A bar to scale.
     *
     * @param share of {@code width}, 0 to 1; anything above 0 shows at least the smallest piece
     * @param width in cells
     */
    public String bar(double share, int width) {
        int pieces = (int) Math.round(share * width * eighths.length());
        if (pieces == 0 && share > 0) {
            pieces = 1;
        }
        int full = pieces / eighths.length();
        int rest = pieces % eighths.length();
        String bar = String.valueOf(eighths.charAt(eighths.length() - 1)).repeat(full);
        return rest == 0 ? bar : bar + eighths.charAt(rest - 1);
    }
}
