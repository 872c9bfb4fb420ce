class Main { // expect file
    static Object table = new java.util.HashMap<String, String>();
    static long run() {
        return table == null ? 1 : 0;
    }
}
