# Films and stills of the show: why one is not shown. $film is the file as the scoring system names it.

media-nameless = The clip { $film } names no file: the scoring system must send a path or an address with it.
media-missing = { $film } is in none of the film folders ({ $folders }). Put it there; its slate is shown until then.
media-address = { $url } is an address, and films are played from this machine only. Save it as { $film } in one of the film folders ({ $folders }).
media-outside = { $film } leads out of the film folders: name it relative to one of them, without ".." or links to elsewhere.
media-no-file = { $film } is no regular file but a folder, a pipe or a device. Put the film itself there.
media-read = { $film } cannot be read ({ $reason }). Check the file and its permissions.
media-huge = { $film } has { $bytes } bytes, at most { $most } are taken. Encode it smaller.
media-no-digest = The scoring system sent "{ $digest }" as the SHA-256 of { $film }: 64 hexadecimal digits are wanted.
media-digest = { $film } is not the film that was cued: its SHA-256 is { $found }, { $cued } was announced. Put the right file there.
media-no-ffmpeg = ffmpeg does not run ({ $reason }): without it no film is shown. Install ffmpeg; `leitai doctor` looks for it.
media-foreign = { $film } is no film that can be read ({ $reason }). Save it as H.264, HEVC, ProRes or VP9, or as PNG or JPEG.
media-no-picture = { $film } holds no picture. Check that it is the right file.
media-large = { $film } is { $width }×{ $height } px large, at most { $most } on a side are taken. Encode it smaller.
media-long = { $film } is longer than { $seconds } s. Cut it.
media-endless = { $film } was not read to its end within { $seconds } s: it is endless, or its disk too slow. Copy or encode it anew.
media-broken = { $film } is broken or cut off at { $at } ({ $reason }). Copy or encode it anew.
media-sound = { $film }: its sound cannot be read ({ $reason }). It is shown without sound; encode the sound anew.
media-decoder = { $film }: the decoder stopped at { $at } ({ $reason }) and is started anew. The last picture stands meanwhile.
media-picture = { $film }: its picture at { $at } was not decoded ({ $reason }). Its place stays empty.
media-hdr = { $film } is made for HDR screens: its colours look pale here. Convert it to BT.709.
media-elsewhere = { $film } is not here: its slate will be shown. Name the folder of the films with --media.
