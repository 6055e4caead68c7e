package io.flamenco.manager.login;

/** The keys that are trusted now. Safe for several event loops: each look gets one whole snapshot. */
public final class KeyRing {

    private volatile TrustedKeys keys = TrustedKeys.NONE;

    /** The keys that are trusted now. */
    public TrustedKeys trusted() {
        return keys;
    }

    /** Trusts these and no others from now on. */
    public void trust(TrustedKeys trusted) {
        keys = trusted;
    }
}
