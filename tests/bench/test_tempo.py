from bench.tempo import Tempo


def test_each_moment_stands_beside_the_fastest() -> None:
    assert Tempo([0.012, 0.01, 0.02]).line().measured == "1,2 × → 1 × → 2 × van 10 ms"


def test_a_look_takes_as_long_as_the_sum() -> None:
    tempo = Tempo()
    tempo.look()
    tempo.look()
    assert min(tempo.took) > 0.001
    assert len(tempo.took) == 2
