// The native library is that of this system.
return System.getProperty('os.name') == 'Linux' && System.getProperty('os.arch') == 'amd64'
