class Main { // expect file
    static int[] table = new int[-1];
    static long run() {
        return table.length;
    }
}
