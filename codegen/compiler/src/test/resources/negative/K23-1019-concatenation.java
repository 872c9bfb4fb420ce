class Main {
    static int number = 3;
    static int lengthOf(String text) {
        return text.length();
    }
    @k23.sdk.NoAllocation
    static long run() {
        k23.sdk.Log.info("number " + number + ", above 2: " + (number > 2));
        return lengthOf("number " + number); // expect
    }
}
