package io.flamenco.manager.scheduler;

/** All that is decided, in memory and without effects: what follows from it is in {@link Changes} afterwards. */
final class Decisions {

    final Farm farm;
    final Moves moves;
    final Roster roster;
    final Dispatch dispatch;
    final Reports reports;
    final ServerSide serverSide;
    final Upkeep upkeep;
    final SleepKeeper sleepKeeper;
    final Explanations explanations;

    Decisions(Farm farm) {
        this.farm = farm;
        this.moves = new Moves(farm);
        this.roster = new Roster(farm, moves);
        this.dispatch = new Dispatch(farm, roster, moves);
        this.reports = new Reports(farm, roster, moves);
        this.serverSide = new ServerSide(farm, moves);
        this.upkeep = new Upkeep(farm, roster, moves);
        this.sleepKeeper = new SleepKeeper(farm, roster);
        this.explanations = new Explanations(farm);
    }
}
