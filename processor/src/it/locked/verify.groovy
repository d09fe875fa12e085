// What the three builds that must fail say, in their order.
def log = new File(basedir, 'build.log').text.normalize()

def expected = [
    /Net\.java:\[9,5] \[statedict:LockedName] Net\.kernel has the key "kernel", and no field has "weight" any more/,
    /the lock of com\.example\.Net is behind; write it with -Astatedict\.schema\.update=true, in a clean build/,
    /com\.example\.Block is gone; delete statedict.com\.example\.Block\.json, or bring the class back/
]
int from = 0
expected.each {
    def found = log =~ it
    assert found.find(from) : it
    from = found.end()
}

assert new File(basedir, 'statedict').list().sort() == ['com.example.Block.json', 'com.example.Net.json']
assert new File(basedir, 'statedict/com.example.Net.json').text.contains('"weight"')
