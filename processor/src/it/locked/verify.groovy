// What the builds that must fail say, in their order.
def log = new File(basedir, 'build.log').text.normalize()

def expected = [
    /Net\.java:\[9,5] \[statedict:LockedName] Net\.kernel has the key "kernel", and no field has "weight" any more/,
    /the lock of com\.example\.Net is behind; write it with -Astatedict\.schema\.update=true, in a clean build/,
    /com\.example\.Block is gone; delete statedict.com\.example\.Block\.json, or bring the class back/,
    /weights\.safetensors does not load into com\.example\.Net:\s+/
            + /Missing key\(s\) in state_dict: "filter"\.\s+/
            + /Unexpected key\(s\) in state_dict: "block\.steps", "weight"\./
]
int from = 0
expected.each {
    def found = log =~ it
    assert found.find(from) : it
    from = found.end()
}

assert new File(basedir, 'statedict').list().sort() == ['com.example.Block.json', 'com.example.Net.json']
assert new File(basedir, 'statedict/com.example.Net.json').text.contains('"filter"')

// And the same check as a program.
def runtime = "$localRepositoryPath/dev/statedict/statedict-runtime/$version/statedict-runtime-${version}.jar"
def output = new File(basedir, 'check.txt')
def builder = new ProcessBuilder([
        "${System.getProperty('java.home')}/bin/java", '-cp', "$basedir/target/classes${File.pathSeparator}$runtime",
        'dev.statedict.io.CheckpointCheck', 'com.example.Net', "$basedir/weights.safetensors"]*.toString())
        .redirectErrorStream(true)
        .redirectOutput(output)
// of which java says that it picked them up
builder.environment().keySet().removeAll(['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS'])
assert builder.start().waitFor() == 1
assert output.text.normalize() == """\
$basedir/weights.safetensors does not load into com.example.Net:
\tMissing key(s) in state_dict: "filter".
\tUnexpected key(s) in state_dict: "block.steps", "weight".
"""
