// We see no accessor that Lombok has not written yet; what the compiler then says is in docs/troubleshooting.md.
assert new File(basedir, 'build.log').text.contains('[statedict:PrivateField] Main.Scale.factor is private, and the generated '
        + 'Main_ScaleState cannot read it; drop private, or add a method "Tensor factor()" or "Tensor getFactor()"')
